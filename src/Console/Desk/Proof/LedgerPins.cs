namespace EdgeEnforcement.OperatorConsole.Desk.Proof;

public sealed class LedgerPins;
