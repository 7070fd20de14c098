using System.Globalization;
using System.Text;

namespace EdgeEnforcement.OutletSimulator;

/// <summary>HJ 212-2017, the logger's side: "##", length, data segment, CRC of annex A, CR LF.</summary>
internal sealed record Frame(string Qn, int Cn, string Pw, string Area)
{
    private const int HeadBytes = 6;
    private const int AfterDataBytes = 6;
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    public static string Time(DateTimeOffset at) => at.ToOffset(China).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    public static string QnOf(DateTimeOffset at) => at.ToOffset(China).ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);

    public static DateTimeOffset? ParseTime(string? text) =>
        DateTime.TryParseExact(text, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? new DateTimeOffset(local, China) : null;

    public static byte[] Write(string data)
    {
        var body = Encoding.ASCII.GetBytes(data);
        return [.. Encoding.ASCII.GetBytes($"##{body.Length:D4}"), .. body, .. Encoding.ASCII.GetBytes($"{Crc(body):X4}\r\n")];
    }

    /// <summary>The next frame of the host; null when the link has ended.</summary>
    /// <exception cref="InvalidDataException">What came is no frame.</exception>
    public static async Task<Frame?> ReadAsync(Stream link, CancellationToken cancellation)
    {
        var head = new byte[HeadBytes];
        if (await link.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, cancellation) < HeadBytes)
            return null;
        if (!int.TryParse(head.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            throw new InvalidDataException($"'{Encoding.ASCII.GetString(head)}' begins no frame.");
        var rest = new byte[length + AfterDataBytes];
        await link.ReadExactlyAsync(rest, cancellation);
        if (Crc(rest.AsSpan(0, length)).ToString("X4", CultureInfo.InvariantCulture) != Encoding.ASCII.GetString(rest, length, 4))
            throw new InvalidDataException("The check sum does not fit.");
        return Parse(Encoding.ASCII.GetString(rest, 0, length));
    }

    /// <summary>A value of the data area; null when it is not there.</summary>
    public string? Find(string name) =>
        Area.Split(',', ';').Select(f => f.Split('=', 2)).FirstOrDefault(f => f.Length == 2 && f[0] == name)?[1];

    private static Frame Parse(string data)
    {
        var at = data.IndexOf("CP=&&", StringComparison.Ordinal);
        if (at < 0 || !data.EndsWith("&&", StringComparison.Ordinal))
            throw new InvalidDataException("There is no data area.");
        var head = data[..at].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('=', 2))
            .Where(f => f.Length == 2).ToDictionary(f => f[0], f => f[1], StringComparer.Ordinal);
        return new Frame(
            head.GetValueOrDefault("QN", ""), int.Parse(head.GetValueOrDefault("CN", "0"), CultureInfo.InvariantCulture), head.GetValueOrDefault("PW", ""), data[(at + 5)..^2]);
    }

    private static ushort Crc(ReadOnlySpan<byte> bytes)
    {
        var register = 0xFFFF;
        foreach (var b in bytes)
        {
            register = (register >> 8) ^ b;
            for (var bit = 0; bit < 8; bit++)
                register = (register & 1) == 0 ? register >> 1 : (register >> 1) ^ 0xA001;
        }
        return (ushort)register;
    }
}
