using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

public sealed record FlowWay(ProcedureState From, ProcedureState To, FlowLook Look);
