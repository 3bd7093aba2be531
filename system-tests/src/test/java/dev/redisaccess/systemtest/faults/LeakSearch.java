package dev.redisaccess.systemtest.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Searches all that the operator has written for every token and assertion that went through the emulated Entra. */
public final class LeakSearch {

    /** A problem's message, the name of the link in front of it, and Azure's ids behind it. */
    public static final int LONGEST_MESSAGE = 1300;

    private final LocalPlatform platform;
    private final SecretSearch search;
    private final int tokens;
    private final List<String> found = new ArrayList<>();
    private long lines;
    private int messages;
    private int objects;

    public LeakSearch(LocalPlatform platform) {
        List<String> texts = platform.azure().tokens().texts();
        assertThat(texts).as("tokens that went through Entra").hasSizeGreaterThan(1);
        this.platform = platform;
        this.tokens = texts.size();
        this.search = new SecretSearch(texts);
        assertThat(search.in("planted " + texts.get(0))).isPresent();
    }

    /** Log lines, stack traces included. */
    public LeakSearch log(Path file) throws IOException {
        try (Stream<String> all = Files.lines(file, StandardCharsets.UTF_8)) {
            lines += all.peek(this::look).count();
        }
        return this;
    }

    /** Messages of conditions, which must also have bounds. */
    public LeakSearch messages(Collection<String> texts) {
        assertThat(texts).isNotEmpty().allSatisfy(message -> assertThat(message).hasSizeBetween(1, LONGEST_MESSAGE));
        texts.forEach(this::look);
        messages += texts.size();
        return this;
    }

    /** Every object in Kubernetes that the operator has written to. */
    public LeakSearch objects() {
        KubernetesClient client = platform.client();
        objects += (int) Stream.of(
                        client.v1().events().inAnyNamespace().list().getItems(),
                        client.configMaps().inAnyNamespace().list().getItems(),
                        client.secrets().inAnyNamespace().list().getItems(),
                        client.resources(RedisAccessBinding.class)
                                .inAnyNamespace()
                                .list()
                                .getItems(),
                        client.resources(RedisDatabase.class).list().getItems())
                .flatMap(List::stream)
                .map(client.getKubernetesSerialization()::asJson)
                .peek(this::look)
                .count();
        return this;
    }

    private void look(String text) {
        search.in(text).ifPresent(found::add);
    }

    /** Fails with the text around each piece of a token. */
    public void mustHaveFoundNothing() {
        assertThat(found).isEmpty();
        System.out.printf(
                "No piece of %d tokens in %d log lines, %d messages of statuses, %d objects%n",
                tokens, lines, messages, objects);
    }
}
