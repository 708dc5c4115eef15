package dev.freshet.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is wrong with a command line, said as everything else that is wrong: {@code name: value (expected: ..)}. Immutable.
 *
 * @param failure as picocli has it
 * @param words the whole command line
 */
record WrongUsage(ParameterException failure, List<String> words) {
    String text() {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (failure instanceof MissingParameterException missing) {
            return missing(missing.getMissing());
        }
        if (failure instanceof OverwrittenOptionException twice) {
            return name(twice.getOverwritten()) + ": given twice (expected: once)";
        }
        return failure.getValue() == null ? String.valueOf(failure.getMessage()) : wrong(failure.getValue());
    }

    /** Without an argument it is what {@code help} was asked about. */
    private String wrong(String value) {
        ArgSpec argument = failure.getArgSpec();
        return argument == null
                ? unknownCommand(value)
                : name(argument) + ": " + value + " (expected: " + values(argument) + ")";
    }

    /** picocli calls a word that is no command an argument that it cannot match. */
    private String unmatched(UnmatchedArgumentException unmatched) {
        String first = unmatched.getUnmatched().get(0);
        if (unmatched.isUnknownOption()) {
            return first.replaceFirst("=.*", "") + ": unknown option (expected: one of " + options() + ")";
        }
        return failed().getSubcommands().isEmpty()
                ? String.join(" ", unmatched.getUnmatched()) + ": too many words (expected: " + synopsis() + ")"
                : unknownCommand(first);
    }

    private String unknownCommand(String word) {
        return word + ": unknown command (expected: one of "
                + String.join(", ", failed().getSubcommands().keySet()) + ")";
    }

    /** Of an option, or the option itself; of a word there is no such difference. */
    private String missing(List<ArgSpec> missing) {
        ArgSpec first = missing.get(0);
        if (first instanceof OptionSpec option) {
            boolean isNamed = Arrays.stream(option.names()).anyMatch(words::contains);
            return name(first) + (isNamed ? ": without a value" : ": missing") + " (expected: " + name(first) + " "
                    + first.paramLabel() + ")";
        }
        return name(first) + ": missing (expected: " + synopsis() + ")";
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String values(ArgSpec argument) {
        Class<?> type = argument.typeInfo().isOptional() ? argument.auxiliaryTypes()[0] : argument.type();
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true, false, or no value";
        }
        boolean isNumber = type == long.class || Number.class.isAssignableFrom(type);
        return isNumber ? "a whole number" : argument.paramLabel();
    }

    private String options() {
        return failed().getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .map(OptionSpec::longestName)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** The command with its words; its options are for its help. */
    private String synopsis() {
        CommandSpec spec = failed().getCommandSpec();
        Stream<String> arguments = spec.positionalParameters().stream()
                .filter(word -> !word.hidden())
                .map(word -> word.required() ? word.paramLabel() : "[" + word.paramLabel() + "]");
        return Stream.concat(Stream.of(spec.qualifiedName()), arguments).collect(Collectors.joining(" "));
    }

    private CommandLine failed() {
        return failure.getCommandLine();
    }
}
