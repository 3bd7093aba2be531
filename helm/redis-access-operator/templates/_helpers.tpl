{{- define "operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{- define "operator.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains (include "operator.name" .) .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "operator.name" .) | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{- define "operator.namespace" -}}
{{- default .Release.Namespace .Values.namespaceOverride -}}
{{- end }}

{{- define "operator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "operator.labels" -}}
{{ include "operator.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "operator.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "operator.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- required "serviceAccount.name must be set when serviceAccount.create is false" .Values.serviceAccount.name -}}
{{- end -}}
{{- end }}

{{- define "operator.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end }}

{{- /* The operator as the subject of role bindings. */}}
{{- define "operator.subjects" -}}
subjects:
  - kind: ServiceAccount
    name: {{ include "operator.serviceAccountName" . }}
    namespace: {{ include "operator.namespace" . }}
{{- end }}

{{- /* The name by which the API server identifies the operator. */}}
{{- define "operator.username" -}}
system:serviceaccount:{{ include "operator.namespace" . }}:{{ include "operator.serviceAccountName" . }}
{{- end }}

{{- /* CEL: whether the user is this operator or another installation's, or of a group that is exempt. */}}
{{- define "operator.isOperator" -}}
request.userInfo.username in {{ prepend .Values.admissionPolicies.otherOperators (include "operator.username" .) | toJson }}
{{- printf " || " -}}
request.userInfo.?groups.orValue([]).exists(group, group in {{ .Values.admissionPolicies.exemptGroups | toJson }})
{{- end }}

{{- /* CEL: the same, or whether the user is exempt. */}}
{{- define "operator.isExempt" -}}
{{ include "operator.isOperator" . }}
{{- with .Values.admissionPolicies.exemptUsers }} || request.userInfo.username in {{ toJson . }}{{ end }}
{{- end }}

{{- /* CEL: whether an owner reference is a binding and the controller. */}}
{{- define "operator.isBinding" -}}
owner.?controller.orValue(false) && owner.kind == 'RedisAccessBinding' && owner.apiVersion.startsWith('redisaccess.dev/')
{{- end }}

{{- /* The audiences of tokens that the policy admits, as JSON. */}}
{{- define "operator.audiences" -}}
{{- $defaults := list "api://AzureADTokenExchange" -}}
{{- if .Values.identityBindings.enabled -}}
{{- $defaults = append $defaults "api://AKSIdentityBinding" -}}
{{- end -}}
{{- dict "items" (default $defaults .Values.tokenRequests.audiences) | toJson -}}
{{- end }}

{{- /* The namespaces of the scope Namespaces, as JSON. */}}
{{- define "operator.tokenNamespaces" -}}
{{- dict "items" (default .Values.watchNamespaces .Values.tokenRequests.namespaces | uniq) | toJson -}}
{{- end }}

{{- /* For a policy's binding: the selector of watchNamespaces, or empty. */}}
{{- define "operator.watchedNamespaces" -}}
{{- with .Values.watchNamespaces -}}
matchResources:
  namespaceSelector:
    matchExpressions:
      - key: kubernetes.io/metadata.name
        operator: In
        values:
          {{- toYaml . | nindent 10 }}
{{- end -}}
{{- end }}

{{- /* The objects whose annotations are validated: pods, and the pod templates of the usual workloads. */}}
{{- define "operator.injected" -}}
resourceRules:
  - apiGroups: [""]
    apiVersions: [v1]
    operations: [CREATE]
    resources: [pods]
  - apiGroups: [apps]
    apiVersions: [v1]
    operations: [CREATE, UPDATE]
    resources: [deployments, statefulsets, daemonsets]
  - apiGroups: [batch]
    apiVersions: [v1]
    operations: [CREATE]
    resources: [jobs]
{{- end }}

{{- /* CEL: the annotations, and the pod's spec, of any of these. */}}
{{- define "operator.injectedAnnotations" -}}
(request.kind.kind == 'Pod' ? object.metadata.?annotations : object.spec.?template.?metadata.?annotations).orValue({})
{{- end }}

{{- define "operator.injectedPod" -}}
(request.kind.kind == 'Pod' ? object.?spec : object.spec.?template.?spec)
{{- end }}

{{- /* CEL: whether an annotation is within its limits. The limit of `split` bounds the list for any text. */}}
{{- define "operator.smallAnnotation" -}}
{{- $value := printf "%s[?'%s'].orValue('')" (include "operator.injectedAnnotations" .) . -}}
size({{ $value }}) <= 4096 && size({{ $value }}.split(',', 17)) <= 16
{{- end }}

{{- /* CEL: whether a pod is within its limits: it is searched for each name. */}}
{{- define "operator.smallPod" -}}
{{- $checks := list -}}
{{- range $field := list "containers" "initContainers" -}}
{{- $list := printf "%s.?%s.orValue([])" (include "operator.injectedPod" $) $field -}}
{{- $checks = append $checks (printf "size(%s) <= 32 && %s.all(c, size(c.?envFrom.orValue([])) <= 48)" $list $list) -}}
{{- end -}}
{{ join " && " $checks }}
{{- end }}

{{- /* A policy's match conditions: without these limits an evaluation can take the API server many seconds. */}}
{{- define "operator.injectionLimits" -}}
- name: has-short-lists
  expression: >-
    {{ include "operator.smallAnnotation" "redisaccess.dev/env-from" }}
    && {{ include "operator.smallAnnotation" "redisaccess.dev/containers" }}
- name: is-a-small-pod
  expression: >-
    {{ include "operator.smallPod" . }}
{{- end }}

{{- /* Values that the schema admits one by one, but that cannot work together. */}}
{{- define "operator.validate" -}}
{{- $azure := .Values.azure -}}
{{- $ownToken := has $azure.credential (list "workload-identity" "identity-binding") -}}
{{- if and $ownToken (not $azure.clientId) -}}
{{- fail "azure.clientId must be set: the client ID of the operator's own identity (az identity show --query clientId), or choose another azure.credential" -}}
{{- end -}}
{{- if and (or (not $ownToken) (eq $azure.federatedToken "Projected")) (not $azure.tenantId) -}}
{{- fail "azure.tenantId must be set (az account show --query tenantId): only the workload identity webhook can supply it" -}}
{{- end -}}
{{- $tokens := .Values.tokenRequests -}}
{{- if and .Values.watchNamespaces (eq $tokens.scope "Cluster") -}}
{{- fail "tokenRequests.scope Cluster reaches beyond watchNamespaces: set it to Namespaces or ServiceAccounts" -}}
{{- end -}}
{{- if and (eq $tokens.scope "Namespaces") (not $tokens.namespaces) (not .Values.watchNamespaces) -}}
{{- fail "tokenRequests.namespaces must name at least one namespace when tokenRequests.scope is Namespaces" -}}
{{- end -}}
{{- if and (eq $tokens.scope "ServiceAccounts") (not $tokens.serviceAccounts) -}}
{{- fail "tokenRequests.serviceAccounts must name at least one ServiceAccount when tokenRequests.scope is ServiceAccounts" -}}
{{- end -}}
{{- if and (ne $tokens.scope "Namespaces") $tokens.namespaces -}}
{{- fail "tokenRequests.namespaces has no effect unless tokenRequests.scope is Namespaces" -}}
{{- end -}}
{{- if and (ne $tokens.scope "ServiceAccounts") $tokens.serviceAccounts -}}
{{- fail "tokenRequests.serviceAccounts has no effect unless tokenRequests.scope is ServiceAccounts" -}}
{{- end -}}
{{- if and (not $ownToken) (eq $azure.federatedToken "Projected") -}}
{{- fail "azure.federatedToken has no effect unless azure.credential is workload-identity or identity-binding" -}}
{{- end -}}
{{- $bindings := .Values.identityBindings -}}
{{- $proxy := $bindings.tokenProxy -}}
{{- if and (eq $azure.credential "identity-binding") (not $bindings.enabled) -}}
{{- fail "azure.credential identity-binding requires identityBindings.enabled" -}}
{{- end -}}
{{- if and (or $proxy.url $proxy.serverName $proxy.caConfigMapName) (not $bindings.enabled) -}}
{{- fail "identityBindings.tokenProxy has no effect unless identityBindings.enabled is true" -}}
{{- end -}}
{{- if and (or $proxy.serverName $proxy.caConfigMapName) (not $proxy.url) -}}
{{- fail "identityBindings.tokenProxy.url must be set together with its serverName and caConfigMapName; without all three the workload identity webhook sets them" -}}
{{- end -}}
{{- if and $proxy.url (not $proxy.caConfigMapName) -}}
{{- fail "identityBindings.tokenProxy.caConfigMapName must be set together with its url: the authority that signed the token proxy's certificate" -}}
{{- end -}}
{{- if and $bindings.enabled (eq $azure.federatedToken "Webhook") -}}
{{- if and (eq $azure.credential "workload-identity") (not $proxy.url) -}}
{{- fail "with identityBindings.enabled, the token that the webhook mounts is for the token proxy: set azure.credential to identity-binding, or azure.federatedToken to Projected" -}}
{{- end -}}
{{- if and (eq $azure.credential "identity-binding") $proxy.url -}}
{{- fail "with identityBindings.tokenProxy.url, the token that the webhook mounts is not for the token proxy: set azure.federatedToken to Projected" -}}
{{- end -}}
{{- end -}}
{{- $network := .Values.networkPolicy -}}
{{- if and $network.azureTo (not $network.apiServerTo) -}}
{{- range $network.apiServerPorts -}}
{{- if eq (int .) 443 -}}
{{- fail "networkPolicy.azureTo has no effect while port 443 is open to anywhere for the API server: set networkPolicy.apiServerTo too" -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and .Values.proxy.noProxy (not .Values.proxy.httpsProxy) -}}
{{- fail "proxy.noProxy has no effect unless proxy.httpsProxy is set" -}}
{{- end -}}
{{- if eq (int .Values.healthPort) (int .Values.metricsPort) -}}
{{- fail "metricsPort must differ from healthPort: metrics have a port of their own, which a NetworkPolicy can close" -}}
{{- end -}}
{{- range $label, $_ := .Values.commonLabels -}}
{{- if or (hasPrefix "app.kubernetes.io/" $label) (eq $label "helm.sh/chart") -}}
{{- fail (printf "commonLabels must not set %s: the chart sets it" $label) -}}
{{- end -}}
{{- end -}}
{{- range .Values.extraEnv -}}
{{- if has .name (include "operator.ownVariables" $ | fromYamlArray) -}}
{{- fail (printf "extraEnv must not set %s: the chart sets it from its values" .name) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- /* The variables that the chart sets: of two with one name, only one would have effect. */}}
{{- define "operator.ownVariables" -}}
- POD_NAME
- POD_NAMESPACE
- POD_SERVICE_ACCOUNT
- AZURE_CLIENT_ID
- AZURE_TENANT_ID
- AZURE_AUTHORITY_HOST
- AZURE_FEDERATED_TOKEN_FILE
- REDIS_ACCESS_CREDENTIAL
- AZURE_KUBERNETES_TOKEN_PROXY
- AZURE_KUBERNETES_SNI_NAME
- AZURE_KUBERNETES_CA_FILE
- AZURE_KUBERNETES_CA_DATA
- REDIS_ACCESS_RESOURCE_MANAGER_ENDPOINT
- REDIS_ACCESS_CA_BUNDLE
- REDIS_ACCESS_WATCH_NAMESPACES
- REDIS_ACCESS_HEALTH_PORT
- REDIS_ACCESS_METRICS_PORT
- REDIS_ACCESS_OWNER_ID
- REDIS_ACCESS_LOG_FORMAT
- REDIS_ACCESS_TRACES_ENDPOINT
- REDIS_ACCESS_LOG_LEVEL
{{- if .Values.proxy.httpsProxy }}
- HTTPS_PROXY
- NO_PROXY
{{- end }}
{{- end }}
