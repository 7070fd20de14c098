namespace EdgeEnforcement.Benchmarks.Load.Calls;

/// <summary>One line of the table. Kind is unary, client-stream or bidi; lanes are calls at a time, or streams.</summary>
internal sealed record CallCase(string Kind, int Bytes, int Lanes)
{
    public static readonly IReadOnlyList<CallCase> All =
    [
        new("unary", 200, 1), new("unary", 200, 32), new("unary", 65_536, 1), new("unary", 65_536, 32),
        new("client-stream", 200, 1), new("client-stream", 200, 8), new("client-stream", 65_536, 1), new("client-stream", 65_536, 8),
        new("bidi", 200, 1), new("bidi", 200, 8), new("bidi", 65_536, 1), new("bidi", 65_536, 8),
    ];

    public override string ToString() => $"{Kind,-13} {Bytes,6} B x {Lanes,2}";
}
