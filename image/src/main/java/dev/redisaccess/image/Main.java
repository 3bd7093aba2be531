package dev.redisaccess.image;

import dev.redisaccess.testbed.TestbedFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands that {@code image/build} runs. */
@Command(
        name = "image",
        mixinStandardHelpOptions = true,
        subcommands = {TrainImage.class, TryImage.class},
        description =
                "Makes and tries the AOT cache of the operator's image, without a container. image/build runs it.")
final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, command, parsed) -> exitCode(failure))
                .execute(args));
    }

    /** Prints failures that a user can correct, and returns the exit code. */
    private static int exitCode(Exception failure) throws Exception {
        if (failure instanceof TestbedFailure || failure instanceof IllegalArgumentException) {
            System.err.println(failure.getMessage());
            return failure instanceof TestbedFailure ? 1 : CommandLine.ExitCode.USAGE;
        }
        throw failure;
    }
}
