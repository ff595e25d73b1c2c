package dev.mcpclients.keycloak.approvals;

import dev.mcpclients.keycloak.approvals.QueueView.When;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.keycloak.forms.login.LoginFormsProvider;

/** The words of the page in the visitor's language. */
final class Texts {

    private final LoginFormsProvider form;
    private final Locale locale;

    Texts(LoginFormsProvider form, Locale locale) {
        this.form = form;
        this.locale = locale;
    }

    /** Never with foreign text as a parameter that is a whole message key: callers pass names made harmless. */
    String say(String key, Object... parameters) {
        return form.getMessage(key, parameters);
    }

    When when(Instant time) {
        return new When(
                time.toString(),
                shown(time, DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)));
    }

    /** The last day of a term where it ends with that day, otherwise the moment. */
    String until(Instant end) {
        boolean midnight = end.atZone(ZoneId.systemDefault()).toLocalTime().equals(LocalTime.MIDNIGHT);
        return midnight
                ? shown(end.minusMillis(1), DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM))
                : when(end).text();
    }

    private String shown(Instant time, DateTimeFormatter format) {
        return format.withLocale(locale).withZone(ZoneId.systemDefault()).format(time);
    }
}
