# shellcheck shell=bash
# Finds JDKs, for the scripts at the root of the repository; to be sourced. Starts no process: it reads the file "release"
# that each JDK has.

readonly oldest_java=17

# Prints the folder in which a link ends: follow FILE.
follow() {
  local file=$1 target
  while [ -L "$file" ]; do
    target=$(readlink "$file")
    case $target in
      /*) file=$target ;;
      *) file=$(dirname "$file")/$target ;;
    esac
  done
  (cd "$(dirname "$file")" && pwd -P)
}

# Sets java_major to the major version of the JDK in a folder, 0 if there is none that is new enough.
read_java_major() {
  local home=$1 line
  java_major=0
  [ -x "$home/bin/javac" ] && [ -r "$home/release" ] || return 0
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        line=${line#*=}
        line=${line//[\"$'\r']/}
        line=${line%%[!0-9]*}
        java_major=${line:-0}
        ;;
    esac
  done <"$home/release"
  [ "$java_major" -ge "$oldest_java" ] || java_major=0
}

# Fills java_homes and java_majors with the JDKs in JAVA_HOME, on the PATH and in the usual folders.
find_javas() {
  local home
  java_homes=()
  java_majors=()
  local candidates=()
  [ -z "${JAVA_HOME:-}" ] || candidates+=("$JAVA_HOME")
  if home=$(command -v javac); then
    candidates+=("$(dirname "$(follow "$home")")")
  fi
  candidates+=(
    /usr/lib/jvm/*
    /usr/java/*
    /opt/java/*
    /opt/jdk*
    /Library/Java/JavaVirtualMachines/*/Contents/Home
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
    "${HOME:-}"/.sdkman/candidates/java/*
    "${HOME:-}"/.jdks/*
  )
  for home in "${candidates[@]}"; do
    read_java_major "$home"
    if [ "$java_major" -ne 0 ]; then
      java_homes+=("$home")
      java_majors+=("$java_major")
    fi
  done
}

# Sets java_home and java_major: FRESHET_JAVA_HOME, else the newest JDK of all. Fails with a message if there is none.
choose_java() {
  local i
  if [ -n "${FRESHET_JAVA_HOME:-}" ]; then
    java_home=$FRESHET_JAVA_HOME
    read_java_major "$java_home"
    if [ "$java_major" -eq 0 ]; then
      echo "freshet: FRESHET_JAVA_HOME: $java_home (expected: the folder of a JDK $oldest_java or newer)" >&2
      return 1
    fi
    return 0
  fi
  find_javas
  java_home=
  java_major=0
  for i in "${!java_homes[@]}"; do
    if [ "${java_majors[i]}" -gt "$java_major" ]; then
      java_home=${java_homes[i]}
      java_major=${java_majors[i]}
    fi
  done
  if [ -z "$java_home" ]; then
    echo "freshet: no JDK $oldest_java or newer was found in JAVA_HOME, on the PATH or in the usual folders." >&2
    echo "freshet: install one (Debian: apt-get install openjdk-17-jdk-headless), or set FRESHET_JAVA_HOME to its folder." >&2
    return 1
  fi
}
