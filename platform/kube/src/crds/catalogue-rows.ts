/**
 * The kinds of the projects that a fleet's addons come from. Only their outlines: group, then per kind
 * `Kind[!][~short,…][=plural]:version,…`, where `!` means cluster-wide and the first version is the stored one.
 * Sources: the definitions of each project, versions of late 2026.
 */
export const CATALOGUE_ROWS = `
argoproj.io: Application~app,apps:v1alpha1 AppProject~appproj,appprojs:v1alpha1 ApplicationSet~appset,appsets:v1alpha1
  Rollout~ro:v1alpha1 AnalysisRun~ar:v1alpha1 AnalysisTemplate~at:v1alpha1 ClusterAnalysisTemplate!~cat:v1alpha1 Experiment~exp:v1alpha1
source.toolkit.fluxcd.io: GitRepository~gitrepo=gitrepositories:v1 HelmRepository~helmrepo=helmrepositories:v1
  OCIRepository~ocirepo=ocirepositories:v1 HelmChart~hc:v1 Bucket:v1 ExternalArtifact~ea:v1
kustomize.toolkit.fluxcd.io: Kustomization~ks:v1
helm.toolkit.fluxcd.io: HelmRelease~hr:v2
notification.toolkit.fluxcd.io: Alert:v1beta3 Provider:v1beta3 Receiver:v1
cilium.io: CiliumNetworkPolicy~cnp,ciliumnp=ciliumnetworkpolicies:v2
  CiliumClusterwideNetworkPolicy!~ccnp=ciliumclusterwidenetworkpolicies:v2 CiliumEndpoint~cep,ciliumep:v2
  CiliumIdentity!~ciliumid=ciliumidentities:v2 CiliumNode!~cn,ciliumn:v2 CiliumNodeConfig:v2 CiliumCIDRGroup!~ccg:v2,v2alpha1
  CiliumLoadBalancerIPPool!~ippool,ippools,lbippool,lbippools:v2,v2alpha1
  CiliumL2AnnouncementPolicy!~l2announcement=ciliuml2announcementpolicies:v2alpha1 CiliumEnvoyConfig~cec:v2
  CiliumClusterwideEnvoyConfig!~ccec:v2 CiliumLocalRedirectPolicy~clrp=ciliumlocalredirectpolicies:v2
  CiliumEgressGatewayPolicy!~cegp=ciliumegressgatewaypolicies:v2 CiliumBGPClusterConfig!:v2,v2alpha1 CiliumBGPPeerConfig!:v2,v2alpha1
  CiliumBGPAdvertisement!:v2,v2alpha1 CiliumPodIPPool!~cpip:v2alpha1 CiliumGatewayClassConfig:v2alpha1
kyverno.io: ClusterPolicy!~cpol=clusterpolicies:v1,v2beta1 Policy~pol=policies:v1,v2beta1 PolicyException~polex:v2,v2beta1
  CleanupPolicy~cleanpol=cleanuppolicies:v2,v2beta1 ClusterCleanupPolicy!~ccleanpol=clustercleanuppolicies:v2,v2beta1
  GlobalContextEntry!~gctxentry=globalcontextentries:v2,v2beta1 UpdateRequest~ur:v2
policies.kyverno.io: ValidatingPolicy!~vpol=validatingpolicies:v1,v1beta1,v1alpha1 MutatingPolicy!~mpol=mutatingpolicies:v1,v1beta1,v1alpha1
  GeneratingPolicy!~gpol=generatingpolicies:v1,v1beta1,v1alpha1 DeletingPolicy!~dpol=deletingpolicies:v1,v1beta1,v1alpha1
  ImageValidatingPolicy!~ivpol=imagevalidatingpolicies:v1,v1beta1,v1alpha1 PolicyException:v1,v1beta1,v1alpha1
  NamespacedValidatingPolicy~nvpol=namespacedvalidatingpolicies:v1,v1beta1
wgpolicyk8s.io: PolicyReport~polr:v1alpha2 ClusterPolicyReport!~cpolr:v1alpha2
gateway.networking.k8s.io: GatewayClass!~gc=gatewayclasses:v1,v1beta1 Gateway~gtw:v1,v1beta1 HTTPRoute:v1,v1beta1 GRPCRoute:v1
  ReferenceGrant~refgrant:v1,v1beta1 BackendTLSPolicy~btlspolicy=backendtlspolicies:v1,v1alpha3 TLSRoute:v1,v1alpha3,v1alpha2
  TCPRoute:v1,v1alpha2 UDPRoute:v1,v1alpha2 ListenerSet:v1
flagger.app: Canary=canaries:v1beta1 MetricTemplate:v1beta1 AlertProvider:v1beta1
cert-manager.io: Certificate~cert,certs:v1 CertificateRequest~cr,crs:v1 Issuer:v1 ClusterIssuer!~ciss:v1
trust.cert-manager.io: Bundle!:v1alpha1
external-secrets.io: ExternalSecret~es:v1 SecretStore~ss:v1 ClusterSecretStore!~css:v1 ClusterExternalSecret!~ces:v1 PushSecret~ps:v1alpha1
linkerd.io: ServiceProfile~sp:v1alpha2,v1alpha1
policy.linkerd.io: Server~srv:v1beta3,v1beta2,v1beta1 ServerAuthorization~saz:v1beta1 AuthorizationPolicy~authzpolicy=authorizationpolicies:v1alpha1
  MeshTLSAuthentication~meshtlsauthn:v1alpha1 NetworkAuthentication~netauthn:v1alpha1 HTTPRoute:v1beta3,v1beta2,v1beta1
  EgressNetwork:v1alpha1 HTTPLocalRateLimitPolicy=httplocalratelimitpolicies:v1alpha1
workload.linkerd.io: ExternalWorkload:v1beta1,v1alpha1
submariner.io: Broker:v1alpha1 Submariner:v1alpha1 ServiceDiscovery=servicediscoveries:v1alpha1 Cluster:v1 Endpoint:v1 Gateway:v1
  ClusterGlobalEgressIP:v1 GlobalEgressIP:v1 GlobalIngressIP:v1
multicluster.x-k8s.io: ServiceExport~svcex:v1alpha1,v1beta1 ServiceImport~svcim:v1alpha1,v1beta1
postgresql.cnpg.io: Cluster:v1 Backup:v1 ScheduledBackup:v1 Pooler:v1 Database:v1 ImageCatalog:v1 ClusterImageCatalog!:v1 Publication:v1 Subscription:v1
db.atlasgo.io: AtlasSchema:v1alpha1 AtlasMigration:v1alpha1
operator.victoriametrics.com: VMAgent:v1beta1 VMAlert:v1beta1 VMAlertmanager:v1beta1 VMAlertmanagerConfig:v1beta1 VMAuth:v1beta1
  VMCluster:v1beta1 VMNodeScrape:v1beta1 VMPodScrape:v1beta1 VMProbe:v1beta1 VMRule:v1beta1 VMScrapeConfig:v1beta1
  VMServiceScrape:v1beta1 VMSingle:v1beta1 VMStaticScrape:v1beta1 VMUser:v1beta1 VLogs=vlogs:v1beta1 VLSingle:v1 VLCluster:v1 VLAgent:v1
  VTSingle:v1 VTCluster:v1
monitoring.coreos.com: ServiceMonitor~smon:v1 PodMonitor~pmon:v1 PrometheusRule~promrule:v1 Probe~prb:v1
capsule.clastix.io: Tenant!~tnt:v1beta2 CapsuleConfiguration!:v1beta2
velero.io: Backup:v1 Schedule:v1 Restore:v1 BackupStorageLocation~bsl:v1 VolumeSnapshotLocation~vsl:v1
traefik.io: IngressRoute:v1alpha1 Middleware:v1alpha1 TLSOption:v1alpha1 TLSStore:v1alpha1 TraefikService:v1alpha1 ServersTransport:v1alpha1
opentelemetry.io: OpenTelemetryCollector~otelcol,otelcols:v1beta1 Instrumentation~otelinst,otelinsts:v1alpha1
keda.sh: ScaledObject~so:v1alpha1 ScaledJob~sj:v1alpha1 TriggerAuthentication~ta,triggerauth:v1alpha1 ClusterTriggerAuthentication!~cta:v1alpha1
`;
