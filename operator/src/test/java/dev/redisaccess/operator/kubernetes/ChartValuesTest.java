package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value of the chart has its effect: set to something else, the rendered objects have it. */
class ChartValuesTest {

    private static final String CLIENT_ID = "azure.clientId=00000000-0000-0000-0000-0000000000aa";

    /** A value, what of the rendered objects shows it, and what else must be set for it to matter, separated by blanks. */
    private static final String EFFECTS = """
            replicas=3                                      | replicas: 3                                |
            image.repository=registry.example/operator      | image: "registry.example/operator:         |
            image.tag=9.9.9                                 | redis-access-operator:9.9.9"               |
            image.digest=sha256:%1$s                        | redis-access-operator@sha256:%1$s          |
            image.pullPolicy=Always                         | imagePullPolicy: Always                    |
            imagePullSecrets[0].name=registry               | - name: registry                           |
            nameOverride=cache-access                       | app.kubernetes.io/name: cache-access       |
            fullnameOverride=cache-access                   | name: cache-access-cluster                 |
            azure.credential=managed-identity               | value: managed-identity                    | azure.tenantId=%2$s
            azure.clientId=%2$s                             | azure.workload.identity/client-id: %2$s    |
            azure.tenantId=%2$s                             | azure.workload.identity/tenant-id: %2$s    |
            azure.federatedToken=Projected                  | audience: api://AzureADTokenExchange       | azure.tenantId=%2$s
            azure.authorityHost=https://login.example       | value: "https://login.example"             |
            azure.resourceManagerEndpoint=https://arm.example | value: "https://arm.example"             |
            azure.ownerId=cluster-of-2026                   | value: "cluster-of-2026"                   |
            identityBindings.enabled=true                   | a in ["api://AzureADTokenExchange","api://AKSIdentityBinding"] | azure.federatedToken=Projected azure.tenantId=%2$s
            identityBindings.tokenProxy.url=https://b.example | value: "https://b.example"               | azure.federatedToken=Projected azure.tenantId=%2$s identityBindings.enabled=true identityBindings.tokenProxy.url=https://a.example identityBindings.tokenProxy.caConfigMapName=cluster
            identityBindings.tokenProxy.serverName=a.ests.aks | value: "a.ests.aks"                      | azure.federatedToken=Projected azure.tenantId=%2$s identityBindings.enabled=true identityBindings.tokenProxy.url=https://a.example identityBindings.tokenProxy.caConfigMapName=cluster
            identityBindings.tokenProxy.caConfigMapName=other | name: other                              | azure.federatedToken=Projected azure.tenantId=%2$s identityBindings.enabled=true identityBindings.tokenProxy.url=https://a.example identityBindings.tokenProxy.caConfigMapName=cluster
            identityBindings.tokenProxy.caKey=proxy.pem     | /etc/redis-access/token-proxy/proxy.pem    | azure.federatedToken=Projected azure.tenantId=%2$s identityBindings.enabled=true identityBindings.tokenProxy.url=https://a.example identityBindings.tokenProxy.caConfigMapName=cluster
            watchNamespaces={shop,billing}                  | value: "shop,billing"                      | tokenRequests.scope=Namespaces tokenRequests.namespaces={shop}
            tokenRequests.scope=Namespaces,tokenRequests.namespaces={shop} | namespace: shop           |
            tokenRequests.namespaces={shop}                 | namespace: shop                            | tokenRequests.scope=Namespaces watchNamespaces={billing}
            tokenRequests.serviceAccounts[1].name=web       | - web                                      | tokenRequests.scope=ServiceAccounts tokenRequests.serviceAccounts[0].namespace=shop tokenRequests.serviceAccounts[0].name=orders tokenRequests.serviceAccounts[1].namespace=shop tokenRequests.serviceAccounts[1].name=invoices
            tokenRequests.audiencePolicy=true               | kind: ValidatingAdmissionPolicy            | tokenRequests.audiencePolicy=false injection.enabled=false admissionPolicies.enabled=false
            tokenRequests.audiences={api://AKSIdentityBinding} | a in ["api://AKSIdentityBinding"]       |
            admissionPolicies.enabled=true                  | kind: ValidatingAdmissionPolicy            | tokenRequests.audiencePolicy=false injection.enabled=false admissionPolicies.enabled=false
            admissionPolicies.exemptUsers={backup}          | request.userInfo.username in ["backup"]    |
            admissionPolicies.otherOperators={system:serviceaccount:a:b} | "system:serviceaccount:redis-access-system:redis-access-operator","system:serviceaccount:a:b" |
            admissionPolicies.exemptGroups={ops}            | group in ["ops"]                           |
            serviceAccount.create=true                      | automountServiceAccountToken: false        | serviceAccount.create=false serviceAccount.name=mine
            serviceAccount.name=mine                        | serviceAccountName: mine                   |
            serviceAccount.annotations.owner=platform       | owner: platform                            |
            crds.install=true                               | kind: CustomResourceDefinition             | crds.install=false
            aggregatedRoles.enabled=true                    | aggregate-to-edit                          | aggregatedRoles.enabled=false
            auditorRole.enabled=true                        | name: redis-access-operator-auditor        | auditorRole.enabled=false
            injection.enabled=true                          | kind: MutatingAdmissionPolicy              | injection.enabled=false
            serviceBinding.enabled=true                     | servicebinding.io/controller               |
            caBundle.configMapName=authorities              | name: authorities                          |
            caBundle.key=proxy.pem                          | /etc/redis-access/ca/proxy.pem             | caBundle.configMapName=authorities
            log.format=text                                 | value: text                                |
            log.level=debug                                 | value: debug                               |
            healthPort=9090                                 | containerPort: 9090                        |
            metricsPort=9091                                | containerPort: 9091                        |
            traces.endpoint=http://collector.monitoring:4318 | value: "http://collector.monitoring:4318" |
            proxy.httpsProxy=http://proxy.example:3128      | value: "http://proxy.example:3128"         |
            proxy.noProxy=.internal                         | value: ".internal,kubernetes.default.svc   | proxy.httpsProxy=http://proxy.example:3128
            extraEnv[0].name=HTTPS_PROXY                    | - name: HTTPS_PROXY                        |
            resources.requests.cpu=70m                      | cpu: 70m                                   |
            resources.requests.memory=170Mi                 | memory: 170Mi                              |
            resources.limits.cpu=700m                       | cpu: 700m                                  |
            resources.limits.memory=700Mi                   | memory: 700Mi                              |
            terminationGracePeriodSeconds=44                | terminationGracePeriodSeconds: 44          |
            priorityClassName=system-cluster-critical       | priorityClassName: system-cluster-critical |
            nodeSelector.pool=system                        | pool: system                               |
            tolerations[0].key=CriticalAddonsOnly           | - key: CriticalAddonsOnly                  |
            affinity.podAntiAffinity.marker=here            | marker: here                               |
            topologySpread.enabled=true                     | topologySpreadConstraints                  | topologySpread.enabled=false
            topologySpread.topologyKey=topology.kubernetes.io/zone | topologyKey: topology.kubernetes.io/zone |
            topologySpread.whenUnsatisfiable=DoNotSchedule  | whenUnsatisfiable: DoNotSchedule           |
            podDisruptionBudget.enabled=true                | kind: PodDisruptionBudget                  | podDisruptionBudget.enabled=false replicas=2
            networkPolicy.enabled=true                      | kind: NetworkPolicy                        | networkPolicy.enabled=false
            networkPolicy.apiServerPorts={16443}            | port: 16443                                |
            networkPolicy.apiServerTo[0].ipBlock.cidr=10.1.0.0/16 | cidr: 10.1.0.0/16                    |
            networkPolicy.azureTo[0].ipBlock.cidr=10.2.0.0/16 | cidr: 10.2.0.0/16                        | networkPolicy.apiServerTo[0].ipBlock.cidr=10.1.0.0/16
            networkPolicy.redisTo[0].ipBlock.cidr=10.3.0.0/16 | cidr: 10.3.0.0/16                        |
            networkPolicy.monitoringNamespaces={monitoring} | key: kubernetes.io/metadata.name           |
            networkPolicy.metricsFrom[0].ipBlock.cidr=10.4.0.0/16 | cidr: 10.4.0.0/16                    |
            networkPolicy.tracesTo[0].ipBlock.cidr=10.6.0.0/16 | cidr: 10.6.0.0/16                      | traces.endpoint=https://collector.example
            networkPolicy.extraEgress[0].to[0].ipBlock.cidr=10.5.0.0/16 | cidr: 10.5.0.0/16              |
            podMonitor.enabled=true                         | kind: PodMonitor                           |
            podMonitor.apiVersion=azmonitoring.coreos.com/v1 | apiVersion: azmonitoring.coreos.com/v1    | podMonitor.enabled=true
            podMonitor.interval=7s                          | interval: 7s                               | podMonitor.enabled=true
            podMonitor.labels.release=prometheus            | release: prometheus                        | podMonitor.enabled=true
            prometheusRule.enabled=true                     | kind: PrometheusRule                       |
            prometheusRule.labels.release=prometheus        | release: prometheus                        | prometheusRule.enabled=true
            prometheusRule.runbooks=https://git.example/runbooks/ | runbook_url: https://git.example/runbooks/RedisAccessNoLeader.md | prometheusRule.enabled=true
            grafanaDashboard.enabled=true                   | grafana_dashboard: "1"                     |
            grafanaDashboard.labels.team=platform           | team: platform                             | grafanaDashboard.enabled=true
            grafanaDashboard.annotations.grafana_folder=Redis | grafana_folder: Redis                    | grafanaDashboard.enabled=true
            podLabels.team=platform                         | team: platform                             |
            podAnnotations.note=seen                        | note: seen                                 |
            namespaceOverride=platform                      | namespace: platform                        |
            commonLabels.team=platform                      | team: platform                             |
            resources.requests.ephemeral-storage=70Mi       | ephemeral-storage: 70Mi                    |
            resources.limits.ephemeral-storage=700Mi        | ephemeral-storage: 700Mi                   |
            deploymentAnnotations.note=seen                 | note: seen                                 |
            revisionHistoryLimit=7                          | revisionHistoryLimit: 7                    |
            updateStrategy.type=Recreate                    | type: Recreate                             |
            hostAliases[0].ip=10.0.0.4,hostAliases[0].hostnames={orders.example} | - orders.example      |
            dnsPolicy=Default                               | dnsPolicy: Default                         |
            dnsConfig.searches={example}                    | searches:                                  |
            extraVolumes[0].name=more                       | - name: more                               |
            extraVolumeMounts[0].mountPath=/more            | - mountPath: /more                         |
            podSecurityContext.runAsUser=1001               | runAsUser: 1001                            |
            podSecurityContext.runAsGroup=1002              | runAsGroup: 1002                           |
            podSecurityContext.fsGroup=1003                 | fsGroup: 1003                              |
            """.formatted("0a".repeat(32), "00000000-0000-0000-0000-0000000000cc");

    static Stream<Arguments> effects() {
        return EFFECTS.lines()
                .map(line -> line.split("\\|", -1))
                .map(cells -> Arguments.of(
                        cells[0].strip(),
                        cells[1].strip(),
                        Arrays.stream(cells[2].strip().split(" "))
                                .filter(value -> !value.isEmpty())
                                .toList()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("effects")
    void changesWhatIsRendered(String value, String shown, List<String> context) {
        Chart chart = Chart.withHelmOrSkip();
        List<String> before =
                Stream.concat(Stream.of(CLIENT_ID), context.stream()).toList();
        List<String> after = Stream.concat(before.stream(), Stream.of(value)).toList();

        assertThat(rendered(chart, before)).doesNotContain(shown);
        assertThat(rendered(chart, after)).contains(shown);
    }

    private static String rendered(Chart chart, List<String> values) {
        Tool.Run run = chart.render(values.toArray(String[]::new));
        assertThat(run.succeeded()).as(run.text()).isTrue();
        return run.text();
    }

    @Test
    void noValueIsLeftOut() throws IOException {
        List<String> tried = effects()
                .map(effect -> ((String) effect.get()[0]).replaceAll("=.*", "").replaceAll("\\[.*", ""))
                .toList();

        assertThat(ChartReadme.values()).allSatisfy(value -> assertThat(tried)
                .as(value.path())
                .anyMatch(path -> path.equals(value.path()) || path.startsWith(value.path() + ".")));
    }
}
