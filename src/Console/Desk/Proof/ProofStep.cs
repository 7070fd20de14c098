namespace EdgeEnforcement.OperatorConsole.Desk.Proof;

/// <summary>One finding. Name is stable ("LEAF", "FILE" ...); the page words it.</summary>
public sealed record ProofStep(string Name, bool Passed, string Detail);
