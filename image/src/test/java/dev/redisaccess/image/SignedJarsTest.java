package dev.redisaccess.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedJarsTest {

    private static final String MANIFEST = """
            Manifest-Version: 1.0
            Implementation-Version: 7

            Name: azure/Core.class
            SHA-256-Digest: AAAA

            Name: azure/
            Sealed: true

            """.replace("\n", "\r\n");

    /** The runtime compares it with the one that a cache was made of. */
    private static final FileTime TIME = FileTime.from(Instant.parse("1970-01-01T00:00:01Z"));

    @TempDir
    private Path directory;

    private final Map<String, String> entries = new LinkedHashMap<>();

    @BeforeEach
    void everyJar() {
        entries.put("META-INF/MANIFEST.MF", MANIFEST);
        entries.put("META-INF/maven/pom.xml", "<project/>");
        entries.put("azure/Core.class", "code");
    }

    @Test
    void aSignatureIsTakenOutAndNothingElse() throws IOException {
        entries.put("META-INF/MSFTSIG.SF", "digests");
        entries.put("META-INF/MSFTSIG.RSA", "signature");
        entries.put("azure/NOT-ONE.SF", "data");
        Path jar = jar();

        assertThat(SignedJars.strip(jar)).isTrue();

        try (JarFile stripped = new JarFile(jar.toFile())) {
            assertThat(stripped.stream().map(ZipEntry::getName).filter(name -> !name.endsWith("/")))
                    .containsExactlyInAnyOrder(
                            "META-INF/MANIFEST.MF", "META-INF/maven/pom.xml", "azure/Core.class", "azure/NOT-ONE.SF");
            assertThat(stripped.getManifest().getMainAttributes().getValue("Implementation-Version"))
                    .isEqualTo("7");
            assertThat(stripped.getManifest().getEntries()).containsOnlyKeys("azure/");
            assertThat(stripped.getInputStream(stripped.getEntry("azure/Core.class")))
                    .hasContent("code");
        }
        assertThat(Files.getLastModifiedTime(jar)).isEqualTo(TIME);
    }

    @Test
    void aJarWithoutOneStaysAsItIs() throws IOException {
        Path jar = jar();
        byte[] before = Files.readAllBytes(jar);

        assertThat(SignedJars.strip(jar)).isFalse();

        assertThat(Files.readAllBytes(jar)).isEqualTo(before);
    }

    private Path jar() throws IOException {
        Path jar = directory.resolve("core.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return Files.setLastModifiedTime(jar, TIME);
    }
}
