package dev.mcpclients.keycloak.it;

import dev.mcpclients.keycloak.it.support.HtmlUnitBrowser;
import dev.mcpclients.keycloak.it.support.Http;
import dev.mcpclients.keycloak.it.support.Visitor;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The form of a page of the gate, as somebody may send it who does not use the page. */
record Forms(HtmlUnitBrowser browser, URI action) {

    private static final Pattern FORM =
            Pattern.compile("<form action=\"([^\"]+)\" method=\"post\" class=\"mcp-answers\"");

    /** The form of the page that is shown now. */
    static Forms of(Visitor visitor) {
        Matcher form = FORM.matcher(visitor.browser().markup());
        if (!form.find()) {
            throw new AssertionError("No form at " + visitor.browser().text());
        }
        return new Forms(visitor.browser(), URI.create(form.group(1).replace("&amp;", "&")));
    }

    /** The same form in another browser. */
    Forms in(Visitor other) {
        return new Forms(other.browser(), action);
    }

    /** The same form with parameters of its address taken from another. */
    Forms withQueryOf(Forms other, String... names) {
        Map<String, String> query = query();
        List.of(names).forEach(name -> query.put(name, other.query().getOrDefault(name, "")));
        return new Forms(browser, URI.create(address() + "?" + Http.encode(query)));
    }

    void post(Map<String, String> fields) {
        browser.post(action, fields);
    }

    void get(String addedQuery) {
        browser.open(URI.create(action + "&" + addedQuery));
    }

    private String address() {
        return action.toString().substring(0, action.toString().indexOf('?'));
    }

    private Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : action.getRawQuery().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }
}
