namespace EdgeEnforcement.EdgeAgent.RemoteConfiguration;

/// The centre may set this option by a signed version. What does not say so is set at the station alone: who it is, its keys and
/// directories, where the centre is, what is wired to it (docs/operations/agent-configuration.md).
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SetRemotelyAttribute : Attribute;
