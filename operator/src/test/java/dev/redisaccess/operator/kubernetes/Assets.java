package dev.redisaccess.operator.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder of Kubernetes' binaries.
 *
 * @param folder as setup-envtest makes it: {@code …/k8s/1.36.3-linux-amd64}
 */
record Assets(Path folder) {

    private static final Pattern NAME = Pattern.compile("(\\d+\\.\\d+\\.\\d+)-.+");

    static Optional<Assets> fromEnvironment() {
        return Optional.ofNullable(System.getenv("KUBEBUILDER_ASSETS"))
                .filter(text -> !text.isBlank())
                .map(text -> new Assets(Path.of(text).toAbsolutePath().normalize()));
    }

    /** The version of Kubernetes, which the folder's name begins with. */
    String version() {
        Matcher matcher = NAME.matcher(folder.getFileName().toString());
        if (!matcher.matches()) {
            throw new IllegalStateException("KUBEBUILDER_ASSETS must name a folder that begins with the version,"
                    + " such as k8s/1.36.3-linux-amd64, but is " + folder);
        }
        return matcher.group(1);
    }

    /** A binary in the folder. */
    Path binary(String name) {
        return folder.resolve(name);
    }

    /** kube-api-test looks for this layout, and writes its keys next to it: so each JVM gets a folder of its own. */
    void linkInto(Path home) throws IOException {
        Path k8s = Files.createDirectories(home.resolve("k8s"));
        Files.createSymbolicLink(k8s.resolve(folder.getFileName()), folder);
    }
}
