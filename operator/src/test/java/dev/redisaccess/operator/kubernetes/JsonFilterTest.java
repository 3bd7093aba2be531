package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFilterTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicInteger leftOut = new AtomicInteger();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"drop\":1,\"keep\":2} | {\"keep\":2}",
                "{\"keep\":2,\"drop\":1} | {\"keep\":2}",
                "{\"drop\":{\"a\":[1,{\"b\":\"}\"}]},\"keep\":{\"drop\":[]}} | {\"keep\":{\"drop\":[]}}",
                "{ \"drop\" : \"a\\\"]}\" , \"keep\" : [ true , null , -1.5e3 ] } | {\"keep\":[true,null,-1.5e3]}",
                "{\"drop\":true,\"other\":\"\\\\\",\"drop\":\"\\\\\\\"\"} | {\"other\":\"\\\\\"}",
                "{\"short\":\"12345\"} | {\"short\":\"12345\"}",
                "{\"short\":\"123456\",\"keep\":0} | {\"short\":\"(too long)\",\"keep\":0}",
                "{\"short\":{\"a\":\"123456\",\"b\":\"1\"}} | {\"short\":{\"a\":\"(too long)\",\"b\":\"1\"}}",
                "{} | {}",
                "[] | []"
            })
    void keepsTheSelectedFields(String json, String kept) throws IOException {
        JsonSelection rule = JsonSelection.ALL
                .with("drop", JsonSelection.NONE)
                .with("short", JsonSelection.textsUpTo(5))
                .with("keep", JsonSelection.ALL);
        for (int size : new int[] {1, 2, 3, 1000}) {
            assertThat(filtered(json, rule, size)).as("in pieces of " + size).isEqualTo(kept);
        }
    }

    /** The content that a tenant writes must not prevent the reading of others' objects. */
    @ParameterizedTest
    @CsvSource({"0", "1", "2", "0;2", "1;2", "0;1;2"})
    void leavesOutAnObjectThatIsTooLarge(String large) throws IOException {
        StringBuilder items = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int item = 0; item < 3; item++) {
            boolean tooLarge = large.contains(Integer.toString(item));
            String text =
                    "{\"name\":\"" + item + "\",\"list\":[[\"" + (tooLarge ? "x".repeat(300) : "x") + "\",{\"y\":1}]]}";
            items.append(item == 0 ? "" : ",").append(text);
            if (!tooLarge) {
                expected.append(expected.isEmpty() ? "" : ",").append(text);
            }
        }
        JsonSelection rule =
                JsonSelection.ALL.with("items", JsonSelection.ALL.upTo(100).each());
        for (int size : new int[] {1, 7, 5000}) {
            leftOut.set(0);
            assertThat(filtered("{\"items\":[" + items + "],\"after\":1}", rule, size))
                    .isEqualTo("{\"items\":[" + expected + "],\"after\":1}");
            assertThat(leftOut).hasValue(large.split(";").length);
        }
    }

    /** Random objects in random pieces: the result equals that of the object's tree. */
    @Test
    void agreesWithATreeOfTheSameObject() throws IOException {
        JsonSelection rule =
                JsonSelection.members(Map.of("a", JsonSelection.NONE, "b", JsonSelection.ALL), JsonSelection.ALL);
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            var object = JSON.createObjectNode();
            for (String name : new String[] {"a", "b", "c", "a\"\\"}) {
                object.set(name, value(random, 4));
            }
            JsonNode expected = object.deepCopy().without("a");
            String text = seed % 2 == 0 ? object.toString() : object.toPrettyString();
            assertThat(JSON.readTree(filtered(text, rule, 1 + random.nextInt(20))))
                    .isEqualTo(expected);
        }
    }

    @Test
    void holdsNoMoreThanWhatItKeeps() throws IOException {
        JsonFilter filter = new JsonFilter(
                JsonSelection.ALL.with(
                        "items",
                        JsonSelection.ALL
                                .with("data", JsonSelection.NONE)
                                .upTo(1000)
                                .each()),
                leftOut::incrementAndGet);
        String megabyte = "{\"metadata\":{\"name\":\"n\"},\"data\":{\"k\":\"" + "x".repeat(1 << 20) + "\"}}";
        int written = filter.next(bytes("{\"items\":[")).remaining();
        for (int item = 0; item < 100; item++) {
            written += filter.next(bytes((item == 0 ? "" : ",") + megabyte)).remaining();
        }
        written += filter.next(bytes("]}")).remaining();

        assertThat(written).isLessThan(4000);
        assertThat(leftOut).hasValue(0);
    }

    private String filtered(String json, JsonSelection rule, int piece) throws IOException {
        JsonFilter filter = new JsonFilter(rule, leftOut::incrementAndGet);
        byte[] all = json.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream();
        for (int start = 0; start < all.length; start += piece) {
            ByteBuffer kept = filter.next(ByteBuffer.wrap(all, start, Math.min(piece, all.length - start)));
            byte[] bytes = new byte[kept.remaining()];
            kept.get(bytes);
            out.writeBytes(bytes);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode value(Random random, int depth) {
        return switch (depth == 0 ? random.nextInt(4) : random.nextInt(6)) {
            case 0 -> JSON.getNodeFactory().numberNode(random.nextInt());
            case 1 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case 2 -> JSON.nullNode();
            case 3 -> JSON.getNodeFactory().textNode(random.nextBoolean() ? "\\\"ü\n{[" : "plain");
            case 4 -> {
                var array = JSON.createArrayNode();
                for (int n = random.nextInt(4); n > 0; n--) {
                    array.add(value(random, depth - 1));
                }
                yield array;
            }
            default -> {
                var object = JSON.createObjectNode();
                for (int n = random.nextInt(4); n > 0; n--) {
                    object.set("m" + n, value(random, depth - 1));
                }
                yield object;
            }
        };
    }
}
