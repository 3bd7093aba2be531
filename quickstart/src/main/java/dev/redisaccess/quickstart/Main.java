package dev.redisaccess.quickstart;

import dev.redisaccess.launcher.SourceTree;
import dev.redisaccess.quickstart.show.Screen;
import dev.redisaccess.quickstart.show.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the quickstart. */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        description =
                "Shows the Redis Access Operator at work on this machine: a database is registered, a binding becomes"
                        + " Ready, a workload uses Redis without any secret, and the access is revoked.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every step was seen to happen", "1:a step was not; the output says which", "2:wrong options"
        })
public final class Main implements Callable<Integer> {
    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description =
                    "Use this cluster instead of the embedded API. It needs the rights of an administrator, creates the"
                            + " CustomResourceDefinitions and the namespaces redis-access-system and shop, and removes them at its end."
                            + " If the cluster already has one of them, it ends before it changes anything.")
    private Path kubeconfig;

    @Option(
            names = "--timing",
            defaultValue = "fast",
            description = "The durations of the emulated Azure: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Options.Timing timing;

    @Option(
            names = "--federation",
            defaultValue = "direct",
            converter = FederationName.class,
            description =
                    "How the operator identifies the workload: direct, by a federated credential; or identity-binding,"
                            + " as on AKS. Default: ${DEFAULT-VALUE}.")
    private Options.Federation federation;

    @Option(names = "--keep", description = "Leave everything running, and print how to connect.")
    private boolean keep;

    @Option(
            names = "--logs",
            paramLabel = "DIR",
            description = "Keep the programs' logs there. By default they are deleted after a successful run.")
    private Path logs;

    @Option(names = "--operator-jar", paramLabel = "FILE", description = "Default: the one of this source tree.")
    private Path operatorJar;

    @Option(names = "--emulator-jar", paramLabel = "FILE", description = "Default: the one of this source tree.")
    private Path emulatorJar;

    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(System.getenv(), Terminal.attached());
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        try (Screen screen = new Screen(out, terminal, System::nanoTime)) {
            return new Quickstart(options(), screen, Clock.systemUTC()).run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }

    private Options options() {
        SourceTree tree = SourceTree.of(Main.class);
        return new Options(
                Optional.ofNullable(kubeconfig),
                timing,
                federation,
                keep,
                Optional.ofNullable(logs),
                new Jars(
                        Optional.ofNullable(operatorJar).orElseGet(() -> tree.jar("operator")),
                        Optional.ofNullable(emulatorJar).orElseGet(() -> tree.jar("emulator")),
                        tree.jar("examples/workloads/java-lettuce")));
    }

    /** By the text of the option. */
    static final class FederationName implements CommandLine.ITypeConverter<Options.Federation> {
        @Override
        public Options.Federation convert(String text) {
            return Arrays.stream(Options.Federation.values())
                    .filter(each -> each.toString().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new CommandLine.TypeConversionException(
                            "`" + text + "` must be direct or identity-binding"));
        }
    }

    /** From the manifest of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"quickstart " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
