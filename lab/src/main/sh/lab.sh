# shellcheck shell=bash
# Builds lab if it is older than its sources, and runs a class of it; to be sourced by the scripts in lab, which set root.

# shellcheck source=../../../../cli/src/main/sh/jdk.sh
. "$root/cli/src/main/sh/jdk.sh"

build_lab() {
  local stamp=$root/lab/target/built module sources=("$root/pom.xml")
  for module in codec hub log-sqlite server lab; do
    sources+=("$root/$module/pom.xml" "$root/$module/src/main")
  done
  if [ ! -f "$stamp" ] || [ -n "$(find "${sources[@]}" -newer "$stamp" -print -quit)" ]; then
    echo "lab: building with JDK $java_major" >&2
    mkdir -p "$root/lab/target"
    : >"$stamp.began"
    (cd "$root" && JAVA_HOME=$java_home ./mvnw -q -pl lab -am package -DskipTests >&2)
    mv "$stamp.began" "$stamp"
  fi
}

# run_class CLASS ARGUMENT..: with the options in the array java_options.
run_class() {
  choose_java
  build_lab
  exec "$java_home/bin/java" "${java_options[@]}" -cp "$root/lab/target/lib/*" "$@"
}
