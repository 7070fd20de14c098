using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

/// <param name="EnteredAt">The last time; null: never.</param>
/// <param name="IsPossible">Some permitted act leads there from here.</param>
public sealed record FlowBox(FlowPlace Place, FlowLook Look, Timestamp? EnteredAt, bool IsPossible);
