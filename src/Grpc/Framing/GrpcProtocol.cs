using System.Globalization;

namespace Grpc.Framing;

/// <summary>Names and small codecs of the gRPC-over-HTTP/2 protocol, shared by both sides.</summary>
internal static class GrpcProtocol
{
    public const string ContentType = "application/grpc";
    public const string StatusHeader = "grpc-status";
    public const string MessageHeader = "grpc-message";
    public const string TimeoutHeader = "grpc-timeout";
    public const string EncodingHeader = "grpc-encoding";
    public const string AcceptEncodingHeader = "grpc-accept-encoding";
    public const string IdentityEncoding = "identity";

    /// <summary>Never on the wire: metadata under this key chooses the encoding of what its side sends in this call.</summary>
    public const string EncodingRequestKey = "grpc-internal-encoding-request";

    /// <summary>Origin: every gRPC implementation accepts 4 MiB unless told otherwise.</summary>
    public const int DefaultMaxReceiveBytes = 4 * 1024 * 1024;

    /// <summary>A buffered (unflushed) stream is flushed past this size whatever its hints say, or a hinting writer would fill memory.</summary>
    public const int MaxUnflushedBytes = 64 * 1024;

    /// <summary>RST_STREAM codes (RFC 9113 section 7) this implementation sends.</summary>
    public const int ResetNoError = 0;

    public const int ResetInternalError = 2;

    public const int ResetCancel = 8;

    private const long MaxTimeoutDigits = 99_999_999;

    /// <summary><c>application/grpc</c>, alone or followed by a message format or parameters; not <c>application/grpc-web</c>.</summary>
    public static bool IsGrpcContentType(string? contentType) =>
        contentType is not null
        && contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == ContentType.Length || contentType[ContentType.Length] is ';' or '+');

    /// <summary>At most 8 digits and a unit; the finest unit that fits, never shorter than what was asked.</summary>
    public static string FormatTimeout(TimeSpan timeout)
    {
        if (timeout <= TimeSpan.Zero)
            return "1n";
        (long UnitTicks, char Unit)[] units =
        [
            (TimeSpan.TicksPerMicrosecond, 'u'),
            (TimeSpan.TicksPerMillisecond, 'm'),
            (TimeSpan.TicksPerSecond, 'S'),
            (TimeSpan.TicksPerMinute, 'M'),
        ];
        foreach (var (unitTicks, unit) in units)
        {
            var count = ((timeout.Ticks - 1) / unitTicks) + 1;
            if (count <= MaxTimeoutDigits)
                return string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{((timeout.Ticks - 1) / TimeSpan.TicksPerHour) + 1}H");
    }

    /// <summary>The reverse; a value past <see cref="TimeSpan.MaxValue"/> is cut to it.</summary>
    public static bool TryParseTimeout(string text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > 9 || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;
        long? ticks = text[^1] switch
        {
            'n' => (count + 99) / 100,
            'u' => count * TimeSpan.TicksPerMicrosecond,
            'm' => count * TimeSpan.TicksPerMillisecond,
            'S' => count * TimeSpan.TicksPerSecond,
            'M' => count * TimeSpan.TicksPerMinute,
            'H' => count > TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerHour ? TimeSpan.MaxValue.Ticks : count * TimeSpan.TicksPerHour,
            _ => null,
        };
        timeout = new TimeSpan(ticks ?? 0);
        return ticks is not null;
    }
}
