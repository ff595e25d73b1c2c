package dev.mcpclients.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The OpenAPI description names what admin REST serves, and nothing else. */
final class OpenApiTest {

    private static final java.nio.file.Path DESCRIPTION = java.nio.file.Path.of("..", "docs", "openapi.yaml");
    private static final Pattern PATH = Pattern.compile("^  (/\\S*):$");
    private static final Pattern METHOD = Pattern.compile("^    (get|post|put|delete):$");
    private static final Pattern QUERY = Pattern.compile("^        - \\{name: (\\w+), in: query.*");
    private static final List<Class<? extends Annotation>> METHODS =
            List.of(GET.class, POST.class, PUT.class, DELETE.class);

    @Test
    void namesEveryCallWithItsParameters() throws IOException {
        assertThat(described()).isEqualTo(served());
    }

    /** Method and path to names of query parameters. */
    private static Map<String, Set<String>> described() throws IOException {
        Map<String, Set<String>> calls = new TreeMap<>();
        String path = "";
        String call = "";
        for (String line : Files.readAllLines(DESCRIPTION)) {
            if (line.equals("components:")) {
                break;
            }
            Matcher pathLine = PATH.matcher(line);
            Matcher methodLine = METHOD.matcher(line);
            Matcher queryLine = QUERY.matcher(line);
            if (pathLine.matches()) {
                path = pathLine.group(1);
            } else if (methodLine.matches()) {
                call = methodLine.group(1) + " " + path;
                calls.put(call, new TreeSet<>());
            } else if (queryLine.matches()) {
                calls.getOrDefault(call, new TreeSet<>()).add(queryLine.group(1));
            }
        }
        return calls;
    }

    private static Map<String, Set<String>> served() {
        Map<String, Set<String>> calls = new TreeMap<>();
        for (Method method : McpAdminResource.class.getDeclaredMethods()) {
            for (Class<? extends Annotation> verb : METHODS) {
                if (method.isAnnotationPresent(verb)) {
                    calls.put(
                            verb.getSimpleName().toLowerCase(java.util.Locale.ROOT) + " /"
                                    + method.getAnnotation(Path.class).value(),
                            queryParameters(method));
                }
            }
        }
        return calls;
    }

    private static Set<String> queryParameters(Method method) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(QueryParam.class))
                .map((Parameter parameter) ->
                        parameter.getAnnotation(QueryParam.class).value())
                .forEach(names::add);
        return names;
    }
}
