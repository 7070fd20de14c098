using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.Detection;

/// <summary>One report about an episode, to go out as a record of the source device. Kind, Category and the station steer storm control.</summary>
public sealed record Decision(string SourceDevice, FieldAlert Alert, RuleKind Kind, AlertCategory Category);
