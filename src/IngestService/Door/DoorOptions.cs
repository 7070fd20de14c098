using System.ComponentModel.DataAnnotations;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Door;

internal sealed class DoorOptions
{
    public const string Section = "Door";

    /// <summary>h2c on loopback; 0 lets the system choose.</summary>
    [Range(0, 65535)]
    public int GrpcPort { get; set; } = 7501;

    /// <summary>HTTP/1.1 on loopback; 0 lets the system choose.</summary>
    [Range(0, 65535)]
    public int HttpPort { get; set; } = 7502;

    /// <summary>Unanswered envelopes of one stream: 256 keep a group commit full over a round trip of 10 ms.</summary>
    [Range(1, 4096)]
    public int WindowEnvelopes { get; set; } = 256;

    /// <summary>A manifest with the chunk hashes of 125 GiB (media.proto).</summary>
    [Range(1024, EnvelopeReader.MaxBytes)]
    public int MaxEnvelopeBytes { get; set; } = EnvelopeReader.MaxBytes;

    /// <summary>What one producer may have kept unread per hour: a broken encoder shows itself in a handful, the rest is only cost.</summary>
    [Range(0, 100_000)]
    public int QuarantinedPerHour { get; set; } = 256;

    /// <summary>And at most this much of it: some sixty of the largest.</summary>
    [Range(0, 1L << 32)]
    public long QuarantinedBytesPerHour { get; set; } = 64L << 20;
}
