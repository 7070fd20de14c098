using System.Globalization;
using System.Text;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

/// Writes frames as the standard has them. Of a frame without errata, what was read is written again byte for byte.
internal static class Hj212Formatter
{
    private const int LongestDataBytes = 9999;

    public static byte[] Format(Hj212Message message) => Format(Data(message));

    /// <exception cref="ArgumentException">The data segment is longer than four digits can say.</exception>
    public static byte[] Format(string data)
    {
        if (data.Length > LongestDataBytes)
            throw new ArgumentException($"A data segment of {data.Length} bytes has no length field.", nameof(data));
        var frame = new byte[FrameLayout.OverheadBytes + data.Length];
        Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"##{data.Length:D4}"), frame);
        Encoding.Latin1.GetBytes(data, frame.AsSpan(6));
        var crc = Hj212Crc.Compute(frame.AsSpan(6, data.Length));
        Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{crc:X4}\r\n"), frame.AsSpan(6 + data.Length));
        return frame;
    }

    private static string Data(Hj212Message message)
    {
        var text = new StringBuilder(256);
        foreach (var field in message.Head)
            text.Append(field.Name).Append('=').Append(field.Value).Append(';');
        text.Append("CP=&&");
        for (var i = 0; i < message.Items.Count; i++)
        {
            if (i > 0)
                text.Append(';');
            for (var f = 0; f < message.Items[i].Count; f++)
            {
                if (f > 0)
                    text.Append(',');
                text.Append(message.Items[i][f].Name).Append('=').Append(message.Items[i][f].Value);
            }
        }
        return text.Append("&&").ToString();
    }
}
