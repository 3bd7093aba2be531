package dev.redisaccess.emulator.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table from method and path to something of type {@code T}. Earlier entries win.
 *
 * @param <T> the type of the entries, usually a handler
 */
public final class Router<T> {

    /** The entry, and the values of the path's holes. */
    public record Found<T>(T target, Map<String, String> values) {}

    private record Route<T>(String method, PathTemplate template, T target) {}

    private final List<Route<T>> routes = new ArrayList<>();

    public Router<T> add(String method, String template, T target) {
        routes.add(new Route<>(method, new PathTemplate(template), target));
        return this;
    }

    public Optional<Found<T>> find(Request request) {
        List<String> path = request.segments();
        for (Route<T> route : routes) {
            if (route.method().equals(request.method())) {
                Optional<Map<String, String>> values = route.template().match(path);
                if (values.isPresent()) {
                    return Optional.of(new Found<>(route.target(), values.get()));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether there is an entry for another method. */
    public boolean knowsPath(Request request) {
        List<String> path = request.segments();
        return routes.stream().anyMatch(route -> route.template().match(path).isPresent());
    }
}
