package dev.redisaccess.kubectl;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The entry point. The launcher script {@code kubectl-redisaccess} starts it. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        boolean terminal = System.console() != null;
        Charset charset = terminal ? Charset.defaultCharset() : StandardCharsets.UTF_8;
        PrintWriter out = new PrintWriter(new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), charset));
        PrintWriter err = new PrintWriter(new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), charset));
        boolean unicode = isUnicode();
        boolean coloured =
                "true".equals(System.getenv("KUBECTL_REDISACCESS_TERMINAL")) && System.getenv("NO_COLOR") == null;
        var console = new RedisAccessCommand.Console(out, err, System.in, unicode, coloured);
        int code;
        try {
            code = new RedisAccessCommand(context -> new ClusterReader(client(context)), console, Clock.systemUTC())
                    .run(arguments);
        } finally {
            out.flush();
            err.flush();
        }
        System.exit(code);
    }

    /** What the terminal, or the file that is written, is expected to hold. */
    private static boolean isUnicode() {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = System.getenv(name);
            if (value != null && !value.isEmpty()) {
                return value.toUpperCase(java.util.Locale.ROOT).replace("-", "").contains("UTF8");
            }
        }
        return false;
    }

    private static KubernetesClient client(Optional<String> context) {
        return new KubernetesClientBuilder().withConfig(config(context)).build();
    }

    /**
     * As kubectl reads it.
     *
     * @throws CommandFailure if the kubeconfig has no such context
     */
    static Config config(Optional<String> context) {
        // Changed in place: a ConfigBuilder (fabric8 7.6) fills what this context lacks, such as a client
        // certificate, from the current one, and another user would ask.
        Config config = Config.autoConfigure(context.orElse(null));
        List<String> names = config.getContexts().stream()
                .map(NamedContext::getName)
                .sorted()
                .toList();
        if (context.isPresent() && !names.contains(context.get())) {
            throw new CommandFailure(
                    ExitCode.NOT_READ,
                    "The kubeconfig has no context `" + Texts.safe(context.get()) + "`. It has: "
                            + (names.isEmpty() ? "none" : Texts.safe(String.join(", ", names))) + ".");
        }
        // The API server ends HTTP/2 connections of clients that it does not know, which hides its answer 401.
        config.setHttp2Disable(true);
        config.setRequestRetryBackoffLimit(1);
        config.setConnectionTimeout(5_000);
        config.setRequestTimeout(30_000);
        return config;
    }
}
