package dev.redisaccess.kubectl;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
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
        Config config = new ConfigBuilder(Config.autoConfigure(context.orElse(null)))
                .withRequestRetryBackoffLimit(1)
                .withConnectionTimeout(5_000)
                .withRequestTimeout(30_000)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
