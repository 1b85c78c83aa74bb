/**
 * The messages that `kubectl create`, `run`, `expose`, `autoscale` and `auth can-i` send, by their field numbers:
 * `name=number[:type]`. A type is `string` (the default), `int`, `bool`, `bytes`, `Time`, `Quantity`, `IntOrString` or a message;
 * `[]` repeats, `{}` is a map from strings, `*` marks an optional field whose zero value means something, `~` a part that is
 * left out because the server decides it.
 *
 * Sources: the `generated.proto` files of https://github.com/kubernetes/api and https://github.com/kubernetes/apimachinery, v0.34
 */
export const MESSAGE_ROWS = `
ObjectMeta name=1 generateName=2 namespace=3 selfLink=4 uid=5 resourceVersion=6 generation=7:int creationTimestamp=8:Time deletionTimestamp=9:Time deletionGracePeriodSeconds=10:int* labels=11:string{} annotations=12:string{} ownerReferences=13:OwnerReference[] finalizers=14:string[] managedFields=17:ManagedFieldsEntry[]~
OwnerReference kind=1 name=3 uid=4 apiVersion=5 controller=6:bool* blockOwnerDeletion=7:bool*
LabelSelector matchLabels=1:string{} matchExpressions=2:LabelSelectorRequirement[]
LabelSelectorRequirement key=1 operator=2 values=3:string[]
DeleteOptions gracePeriodSeconds=1:int* preconditions=2:Preconditions orphanDependents=3:bool* propagationPolicy=4 dryRun=5:string[]
Preconditions uid=1 resourceVersion=2
Namespace metadata=1:ObjectMeta spec=2:Ignored~ status=3:Ignored~
ConfigMap metadata=1:ObjectMeta data=2:string{} binaryData=3:bytes{} immutable=4:bool*
Secret metadata=1:ObjectMeta data=2:bytes{} type=3 stringData=4:string{} immutable=5:bool*
ServiceAccount metadata=1:ObjectMeta secrets=2:ObjectReference[] imagePullSecrets=3:LocalObjectReference[] automountServiceAccountToken=4:bool*
ObjectReference kind=1 namespace=2 name=3 uid=4 apiVersion=5 resourceVersion=6 fieldPath=7
LocalObjectReference name=1
ResourceQuota metadata=1:ObjectMeta spec=2:ResourceQuotaSpec status=3:Ignored~
ResourceQuotaSpec hard=1:Quantity{} scopes=2:string[]
Service metadata=1:ObjectMeta spec=2:ServiceSpec status=3:Ignored~
ServiceSpec ports=1:ServicePort[] selector=2:string{} clusterIP=3 type=4 externalIPs=5:string[] sessionAffinity=7 loadBalancerIP=8 loadBalancerSourceRanges=9:string[] externalName=10 externalTrafficPolicy=11 healthCheckNodePort=12:int publishNotReadyAddresses=13:bool ipFamilyPolicy=17 clusterIPs=18:string[] ipFamilies=19:string[] allocateLoadBalancerNodePorts=20:bool* loadBalancerClass=21 internalTrafficPolicy=22 trafficDistribution=23
ServicePort name=1 protocol=2 port=3:int targetPort=4:IntOrString nodePort=5:int appProtocol=6
Pod metadata=1:ObjectMeta spec=2:PodSpec status=3:Ignored~
PodTemplateSpec metadata=1:ObjectMeta spec=2:PodSpec
PodSpec containers=2:Container[] restartPolicy=3 terminationGracePeriodSeconds=4:int* activeDeadlineSeconds=5:int* dnsPolicy=6 nodeSelector=7:string{} serviceAccountName=8 serviceAccount=9 nodeName=10 hostNetwork=11:bool hostPID=12:bool hostIPC=13:bool imagePullSecrets=15:LocalObjectReference[] hostname=16 subdomain=17 schedulerName=19 initContainers=20:Container[] automountServiceAccountToken=21:bool* priorityClassName=24 priority=25:int* enableServiceLinks=30:bool*
Container name=1 image=2 command=3:string[] args=4:string[] workingDir=5 ports=6:ContainerPort[] env=7:EnvVar[] resources=8:ResourceRequirements terminationMessagePath=13 imagePullPolicy=14 stdin=16:bool stdinOnce=17:bool tty=18:bool terminationMessagePolicy=20
ContainerPort name=1 hostPort=2:int containerPort=3:int protocol=4 hostIP=5
EnvVar name=1 value=2
ResourceRequirements limits=1:Quantity{} requests=2:Quantity{}
Deployment metadata=1:ObjectMeta spec=2:DeploymentSpec status=3:Ignored~
DeploymentSpec replicas=1:int* selector=2:LabelSelector template=3:PodTemplateSpec strategy=4:DeploymentStrategy minReadySeconds=5:int revisionHistoryLimit=6:int* paused=7:bool progressDeadlineSeconds=9:int*
DeploymentStrategy type=1 rollingUpdate=2:RollingUpdateDeployment
RollingUpdateDeployment maxUnavailable=1:IntOrString maxSurge=2:IntOrString
Job metadata=1:ObjectMeta spec=2:JobSpec status=3:Ignored~
JobSpec parallelism=1:int* completions=2:int* activeDeadlineSeconds=3:int* selector=4:LabelSelector manualSelector=5:bool* template=6:PodTemplateSpec backoffLimit=7:int* ttlSecondsAfterFinished=8:int* completionMode=9 suspend=10:bool*
CronJob metadata=1:ObjectMeta spec=2:CronJobSpec status=3:Ignored~
CronJobSpec schedule=1 startingDeadlineSeconds=2:int* concurrencyPolicy=3 suspend=4:bool* jobTemplate=5:JobTemplateSpec successfulJobsHistoryLimit=6:int* failedJobsHistoryLimit=7:int* timeZone=8
JobTemplateSpec metadata=1:ObjectMeta spec=2:JobSpec
Role metadata=1:ObjectMeta rules=2:PolicyRule[]
ClusterRole metadata=1:ObjectMeta rules=2:PolicyRule[] aggregationRule=3:AggregationRule
AggregationRule clusterRoleSelectors=1:LabelSelector[]
PolicyRule verbs=1:string[] apiGroups=2:string[] resources=3:string[] resourceNames=4:string[] nonResourceURLs=5:string[]
RoleBinding metadata=1:ObjectMeta subjects=2:Subject[] roleRef=3:RoleRef
ClusterRoleBinding metadata=1:ObjectMeta subjects=2:Subject[] roleRef=3:RoleRef
Subject kind=1 apiGroup=2 name=3 namespace=4
RoleRef apiGroup=1 kind=2 name=3
PodDisruptionBudget metadata=1:ObjectMeta spec=2:PodDisruptionBudgetSpec status=3:Ignored~
PodDisruptionBudgetSpec minAvailable=1:IntOrString selector=2:LabelSelector maxUnavailable=3:IntOrString unhealthyPodEvictionPolicy=4
Eviction metadata=1:ObjectMeta deleteOptions=2:DeleteOptions
PriorityClass metadata=1:ObjectMeta value=2:int* globalDefault=3:bool description=4 preemptionPolicy=5
Ingress metadata=1:ObjectMeta spec=2:IngressSpec status=3:Ignored~
IngressSpec defaultBackend=1:IngressBackend tls=2:IngressTLS[] rules=3:IngressRule[] ingressClassName=4
IngressTLS hosts=1:string[] secretName=2
IngressRule host=1 ingressRuleValue=2:IngressRuleValue
IngressRuleValue http=1:HTTPIngressRuleValue
HTTPIngressRuleValue paths=1:HTTPIngressPath[]
HTTPIngressPath path=1 backend=2:IngressBackend pathType=3
IngressBackend service=4:IngressServiceBackend
IngressServiceBackend name=1 port=2:ServiceBackendPort
ServiceBackendPort name=1 number=2:int
HorizontalPodAutoscaler metadata=1:ObjectMeta spec=2:HorizontalPodAutoscalerSpec status=3:Ignored~
HorizontalPodAutoscalerSpec scaleTargetRef=1:CrossVersionObjectReference minReplicas=2:int* maxReplicas=3:int metrics=4:MetricSpec[]
autoscaling/v1.HorizontalPodAutoscaler metadata=1:ObjectMeta spec=2:HorizontalPodAutoscalerSpecV1 status=3:Ignored~
HorizontalPodAutoscalerSpecV1 scaleTargetRef=1:CrossVersionObjectReference minReplicas=2:int* maxReplicas=3:int targetCPUUtilizationPercentage=4:int*
CrossVersionObjectReference kind=1 name=2 apiVersion=3
MetricSpec type=1 resource=4:ResourceMetricSource
ResourceMetricSource name=1 target=2:MetricTarget
MetricTarget type=1 value=2:Quantity averageValue=3:Quantity averageUtilization=4:int*
Scale metadata=1:ObjectMeta spec=2:ScaleSpec status=3:Ignored~
ScaleSpec replicas=1:int*
SelfSubjectAccessReview metadata=1:ObjectMeta spec=2:SelfSubjectAccessReviewSpec status=3:Ignored~
SelfSubjectAccessReviewSpec resourceAttributes=1:ResourceAttributes nonResourceAttributes=2:NonResourceAttributes
SubjectAccessReview metadata=1:ObjectMeta spec=2:SubjectAccessReviewSpec status=3:Ignored~
SubjectAccessReviewSpec resourceAttributes=1:ResourceAttributes nonResourceAttributes=2:NonResourceAttributes user=3 groups=4:string[] uid=6
ResourceAttributes namespace=1 verb=2 group=3 version=4 resource=5 subresource=6 name=7
NonResourceAttributes path=1 verb=2
SelfSubjectRulesReview metadata=1:ObjectMeta spec=2:SelfSubjectRulesReviewSpec status=3:Ignored~
SelfSubjectRulesReviewSpec namespace=1
SelfSubjectReview metadata=1:ObjectMeta status=2:Ignored~
TokenRequest metadata=1:ObjectMeta spec=2:TokenRequestSpec status=3:Ignored~
TokenRequestSpec audiences=1:string[] boundObjectRef=3:BoundObjectReference expirationSeconds=4:int*
BoundObjectReference kind=1 apiVersion=2 name=3 uid=4
`;
