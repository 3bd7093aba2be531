package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lists: {@code {"value":[…],"nextLink":…}}, the link absolute and only when more follows. */
final class Pages {

    static final String SKIP = "$skipToken";

    private final int size;

    Pages(int size) {
        this.size = size;
    }

    Response of(ArmRequest request, List<ObjectNode> items) {
        int from = Math.min(offset(request), items.size());
        int to = Math.min(items.size(), from + top(request));
        ObjectNode body = Json.object();
        ArrayNode value = body.putArray("value");
        items.subList(from, to).forEach(value::add);
        if (to < items.size()) {
            body.put("nextLink", request.base() + request.http().rawPath() + "?" + query(request, to));
        }
        return Response.json(200, body);
    }

    /** The requested URL, so that the next page is of the same list, and the position to continue from. */
    private static String query(ArmRequest request, int from) {
        Map<String, String> parameters = new TreeMap<>(request.http().query());
        parameters.keySet().removeIf(SKIP::equalsIgnoreCase);
        parameters.put(SKIP, Integer.toString(from));
        return parameters.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** {@code $top} makes pages smaller, and never larger. */
    private int top(ArmRequest request) {
        String top = request.http().parameter("$top").orElse(Integer.toString(size));
        if (!top.matches("[1-9]\\d{0,8}")) {
            throw new ArmRefusal(
                    ArmError.gateway(400, "InvalidTop", "The value of the query option '$top' must be 1 or more."));
        }
        return Math.min(size, Integer.parseInt(top));
    }

    private static int offset(ArmRequest request) {
        String token = request.http().query().entrySet().stream()
                .filter(each -> each.getKey().equalsIgnoreCase(SKIP))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("0");
        if (!token.matches("\\d{1,9}")) {
            throw new ArmRefusal(ArmError.gateway(400, "InvalidSkipToken", "The skip token is not valid."));
        }
        return Integer.parseInt(token);
    }
}
