namespace EdgeEnforcement.Evidence;

/// <summary>The payload types an envelope may carry.</summary>
public static class PayloadTypes
{
    public const string Record = "application/vnd.edgeenforcement.record.v1+protobuf";
}
