package dev.redisaccess.emulator;

import dev.redisaccess.emulator.config.ConfigException;
import dev.redisaccess.emulator.config.ConfigFile;
import dev.redisaccess.emulator.config.EmulatorConfig;
import dev.redisaccess.emulator.config.TimingConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the emulator from the command line until the process is stopped. */
@Command(
        name = "emulator",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "A local Azure: ARM, Entra, managed-identity endpoints, and Redis databases that check tokens.",
            "Writes DIR/endpoints.json once everything listens, and DIR/ca.pem to trust. Stops on SIGTERM or Ctrl-C."
        })
public final class Main implements Callable<Integer> {

    private static final String LOGGING = "logback.configurationFile";

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration, YAML.")
    private Path configFile;

    @Option(
            names = "--state",
            required = true,
            paramLabel = "DIR",
            description = "Where the certificate authority is kept and endpoints.json is written.")
    private Path stateDirectory;

    @Option(
            names = "--bind",
            paramLabel = "ADDR",
            description = "Listen on this address instead of the configured one (loopback by default).")
    private String bind;

    @Option(
            names = "--timing",
            paramLabel = "recorded|fast",
            description = "How long operations take, instead of what is configured.")
    private String timing;

    private Main() {}

    public static void main(String[] args) {
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "emulator-logback.xml"); // before the first logger is created
        }
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        CountDownLatch stopped = new CountDownLatch(1);
        try {
            Emulator emulator = Emulator.start(config(), stateDirectory);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                emulator.close();
                stopped.countDown();
            }));
            out.println("The emulator is running. Stop it with Ctrl-C.");
            out.print(emulator.endpoints().aligned());
            out.flush();
        } catch (ConfigException | IOException | GeneralSecurityException | IllegalStateException e) {
            err.println("The emulator cannot start: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        stopped.await();
        return CommandLine.ExitCode.OK;
    }

    private EmulatorConfig config() throws ConfigException {
        EmulatorConfig config = ConfigFile.read(configFile);
        if (bind != null) {
            config = config.boundTo(bind);
        }
        if (timing != null) {
            try {
                config = config.timed(TimingConfig.named(timing));
            } catch (IllegalArgumentException e) {
                throw new ConfigException("--timing " + e.getMessage(), e);
            }
        }
        return config;
    }
}
