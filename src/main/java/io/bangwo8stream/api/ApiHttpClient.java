package io.bangwo8stream.api;

import io.bangwo8stream.config.HttpProxy;
import io.bangwo8stream.config.Settings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Locale;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client of the API gateway route. It adds the credentials just before a request is sent, and for the
 * configured origin only, so that no exchange ever holds a credential.
 */
@Singleton
@Named("apiHttpClient")
public class ApiHttpClient implements HttpClientConfigurer {

    /** Without these limits a header, a chunk's size or a trailer without an end fills the memory. */
    private static final Http1Config HEADERS = Http1Config.custom()
            .setMaxLineLength(16_384)
            .setMaxHeaderCount(200)
            .setMaxEmptyLineCount(10)
            .build();

    private final Settings.Api settings;
    private final URI origin;
    private final Credentials credentials;
    private final ExchangeDeadlines deadlines;
    private final Timeout timeout;
    private final MeterRegistry meters;

    ApiHttpClient(Settings settings, Credentials credentials, ExchangeDeadlines deadlines, MeterRegistry meters) {
        this.meters = meters;
        this.settings = settings.api();
        this.origin = settings.api().baseUrl();
        this.credentials = credentials;
        this.deadlines = deadlines;
        this.timeout = Timeout.of(settings.api().requestTimeout());
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.setConnectionManager(connectionPool())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(timeout).build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .addExecInterceptorFirst("limits", new ResponseLimits(settings, deadlines))
                .addRequestInterceptorLast((request, entity, context) -> {
                    sign(request);
                    context.setAttribute(ResponseLimits.SENT, true);
                });
        settings.network().proxy().ifPresent(proxy -> useProxy(builder, proxy));
    }

    /** The client sends the proxy's login with CONNECT only, and no request of the API before the tunnel is open. */
    private static void useProxy(HttpClientBuilder builder, HttpProxy proxy) {
        builder.setProxy(new HttpHost("http", proxy.host(), proxy.port()));
        if (!proxy.user().isEmpty()) {
            BasicCredentialsProvider logins = new BasicCredentialsProvider();
            logins.setCredentials(
                    new AuthScope(proxy.host(), proxy.port()),
                    new UsernamePasswordCredentials(proxy.user(), proxy.secret().toCharArray()));
            builder.setDefaultCredentialsProvider(logins);
        }
    }

    private HttpClientConnectionManager connectionPool() {
        PoolingHttpClientConnectionManagerBuilder builder = PoolingHttpClientConnectionManagerBuilder.create();
        settings.network().tls().ifPresent(tls -> builder.setTlsSocketStrategy(new DefaultClientTlsStrategy(tls)));
        PoolingHttpClientConnectionManager pool = builder.setConnectionFactory(
                        ManagedHttpClientConnectionFactory.builder()
                                .http1Config(HEADERS)
                                .responseParserFactory(InterimResponseLimit::new)
                                .build())
                .setMaxConnTotal(settings.maxInFlight())
                .setMaxConnPerRoute(settings.maxInFlight())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .build())
                .build();
        Gauge.builder(
                        "bangwo8.requests.in.flight",
                        pool,
                        connections -> connections.getTotalStats().getLeased())
                .register(meters);
        return pool;
    }

    private void sign(HttpRequest request) throws ProtocolException {
        String authority =
                request.getAuthority() == null ? "" : request.getAuthority().toString();
        if (!origin.getScheme().equals(request.getScheme())
                || !origin.getAuthority().equals(authority.toLowerCase(Locale.ROOT))) {
            throw new ProtocolException("requests go to " + origin + " only");
        }
        request.setHeader(
                "Authorization", credentials.authorization(request.getPath().endsWith("/token.php")));
    }
}
