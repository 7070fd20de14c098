namespace EdgeEnforcement.Mqtt.Client;

/// <param name="Kind">What ended the connection.</param>
/// <param name="Reason">What the server said, or what we told it; Success where nothing was said.</param>
/// <param name="Detail">For a person.</param>
public sealed record DisconnectCause(DisconnectKind Kind, ReasonCode Reason, string Detail)
{
    public override string ToString() => Reason == ReasonCode.Success ? $"{Kind}: {Detail}" : $"{Kind}: {Detail} (0x{(byte)Reason:X2} {Reason})";
}
