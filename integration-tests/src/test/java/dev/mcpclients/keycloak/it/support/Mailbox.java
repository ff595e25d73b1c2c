package dev.mcpclients.keycloak.it.support;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A real SMTP server that keeps what it is sent. */
public final class Mailbox implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final GreenMail server;
    private final int port;

    private Mailbox(GreenMail server) {
        this.server = server;
        this.port = server.getSmtp().getPort();
    }

    public static Mailbox open() {
        return open(0);
    }

    /** On the port of one that was closed. */
    public static Mailbox open(int port) {
        GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        return new Mailbox(server);
    }

    /** One mail. */
    public record Letter(String to, String subject, String text, String html) {}

    /** Has a realm send its mails here. */
    public void receiveFrom(TestRealm realm) {
        realm.change(settings(port()));
    }

    public int port() {
        return port;
    }

    /** What a realm needs to send to a port of this machine. */
    public static ObjectNode settings(int port) {
        return Json.object(Map.of(
                "smtpServer",
                Map.of("host", "127.0.0.1", "port", Integer.toString(port), "from", "keycloak@example.com")));
    }

    /** All mails so far. */
    public List<Letter> letters() {
        return Arrays.stream(server.getReceivedMessages()).map(Mailbox::letter).toList();
    }

    /** The mails to an address whose subject contains a text, as soon as there are that many. */
    public List<Letter> await(int count, String to, String subject) {
        return await(count, to, subject, PATIENCE);
    }

    /** The same, where they need longer. */
    public List<Letter> await(int count, String to, String subject, Duration patience) {
        Await.until(
                count + " mails about " + subject + " to " + to,
                patience,
                () -> letters(to, subject).size() >= count);
        return letters(to, subject);
    }

    public List<Letter> letters(String to, String subject) {
        return letters().stream()
                .filter(letter -> letter.to().equals(to) && letter.subject().contains(subject))
                .toList();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static Letter letter(MimeMessage message) {
        try {
            MimeMultipart parts = (MimeMultipart) message.getContent();
            return new Letter(
                    GreenMailUtil.getAddressList(message.getRecipients(Message.RecipientType.TO)),
                    message.getSubject(),
                    content(parts.getBodyPart(0)),
                    content(parts.getBodyPart(1)));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(BodyPart part) throws MessagingException, IOException {
        return String.valueOf(part.getContent());
    }
}
