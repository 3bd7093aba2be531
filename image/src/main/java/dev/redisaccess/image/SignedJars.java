package dev.redisaccess.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Removes the signatures of jars. The runtime puts no class of a signed jar into its AOT cache (JDK 25 logs "Signed JAR" and
 * skips it), and at every start it reads the signature and digests what it loads. Azure's libraries are signed, which is four
 * hundred classes; that their files are what was built is said by the image's digest, for all of its files.
 */
final class SignedJars {

    private static final Pattern SIGNATURE =
            Pattern.compile("/META-INF/[^/]+\\.(SF|RSA|DSA|EC)", Pattern.CASE_INSENSITIVE);

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private SignedJars() {}

    /** Takes it out of this jar, whose time stays. False: there was none. */
    static boolean strip(Path jar) {
        try {
            FileTime time = Files.getLastModifiedTime(jar);
            boolean signed;
            try (FileSystem zip = FileSystems.newFileSystem(jar)) {
                List<Path> signatures = signatures(zip);
                signed = !signatures.isEmpty();
                for (Path signature : signatures) {
                    Files.delete(signature);
                }
                if (signed) {
                    withoutDigests(zip.getPath(MANIFEST));
                }
            }
            Files.setLastModifiedTime(jar, time);
            return signed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> signatures(FileSystem zip) throws IOException {
        Path folder = zip.getPath("/META-INF");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> SIGNATURE.matcher(file.toString()).matches())
                    .toList();
        }
    }

    /** They have no meaning without a signature, and are read with the first class. */
    private static void withoutDigests(Path file) throws IOException {
        Manifest manifest = new Manifest();
        try (InputStream in = Files.newInputStream(file)) {
            manifest.read(in);
        }
        manifest.getEntries().values().removeIf(SignedJars::isDigests);
        try (OutputStream out = Files.newOutputStream(file)) {
            manifest.write(out);
        }
    }

    private static boolean isDigests(Attributes entry) {
        return entry.keySet().stream().allMatch(name -> name.toString().endsWith("-Digest"));
    }
}
