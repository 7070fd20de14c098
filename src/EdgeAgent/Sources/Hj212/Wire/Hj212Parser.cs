using System.Globalization;
using System.Text;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

/// Reads a frame that Hj212FrameParser found. What the standard's own text and deployed loggers get wrong is taken and named as a warning;
/// what leaves open who sent it, or what it is, is refused.
internal static class Hj212Parser
{
    public const string NoDataArea = "no-data-area";
    public const string NoStation = "no-mn";
    public const string NoCommand = "no-cn";

    private const string AreaStart = "CP=&&";

    /// <param name="fault">Stable name of what is wrong; empty when the message is read.</param>
    public static bool TryParse(ReadOnlySpan<byte> frame, out Hj212Message message, out string fault)
    {
        message = Empty;
        if (frame.Length < FrameLayout.OverheadBytes - FrameLayout.TailBytes - 1 || !FrameLayout.TryRead(frame, out var layout) || layout.TailAt > frame.Length)
        {
            fault = Hj212FrameParser.WrongLength;
            return false;
        }
        var warnings = new List<string>();
        WarnOfFrame(frame, layout, warnings);
        var data = layout.DataOf(frame);
        var text = Encoding.Latin1.GetString(data);
        var start = text.IndexOf(AreaStart, StringComparison.Ordinal);
        var end = text.LastIndexOf("&&", StringComparison.Ordinal);
        if (start < 0 || end < start + AreaStart.Length)
        {
            fault = NoDataArea;
            return false;
        }
        if (end + 2 < text.Length)
            warnings.Add(Erratum.AfterDataArea);
        var area = text[(start + AreaStart.Length)..end];
        var isEncrypted = layout.TryReadCrc(frame, out var crc) && Hj212Crc.Compute(data) != crc;
        if (isEncrypted)
            warnings.Add(Erratum.Encrypted);
        message = Read(HeadParser.Parse(text.AsSpan(0, start), warnings), isEncrypted ? [] : AreaParser.Parse(area, warnings), warnings) with
        {
            Area = area,
            IsEncrypted = isEncrypted,
        };
        fault = message.Mn.Length == 0 ? NoStation : message.Cn == 0 ? NoCommand : "";
        return fault.Length == 0;
    }

    private static Hj212Message Empty { get; } = new() { Head = [], Items = [], Cn = 0, Mn = "" };

    private static void WarnOfFrame(ReadOnlySpan<byte> frame, FrameLayout layout, List<string> warnings)
    {
        if (layout.HeadBytes == 5)
            warnings.Add(Erratum.ShortLength);
        if (frame.Slice(layout.CrcAt, FrameLayout.CrcBytes).ContainsAnyInRange((byte)'a', (byte)'f'))
            warnings.Add(Erratum.LowerCaseCrc);
        if (!frame[layout.TailAt..].SequenceEqual("\r\n"u8))
            warnings.Add(Erratum.NoTail);
    }

    private static Hj212Message Read(
        IReadOnlyList<Hj212Field> head, IReadOnlyList<IReadOnlyList<Hj212Field>> items, List<string> warnings)
    {
        var flag = Number(Value(head, "Flag"), 255);
        if (flag is null && Value(head, "Flag").Length > 0)
            warnings.Add(Erratum.BadFlag);
        var qn = Value(head, "QN");
        if (qn.Length > 0 && Hj212Time.Parse(qn) is null)
            warnings.Add(Erratum.BadQn);
        var count = Number(Value(head, "PNUM"), 9999);
        var number = Number(Value(head, "PNO"), 9999);
        var isSplit = count >= 1 && number >= 1 && number <= count;
        if ((flag & 2) == 2 != isSplit)
            warnings.Add(Erratum.PacketNumbers);
        return new Hj212Message
        {
            Head = head,
            Items = items,
            Warnings = warnings,
            Qn = qn,
            St = Value(head, "ST"),
            Cn = Number(Value(head, "CN"), 9999) ?? 0,
            Pw = Value(head, "PW"),
            Mn = Value(head, "MN"),
            Flag = flag,
            PacketCount = isSplit ? count!.Value : 1, // isSplit: both are numbers
            PacketNumber = isSplit ? number!.Value : 1,
        };
    }

    private static string Value(IReadOnlyList<Hj212Field> head, string name)
    {
        foreach (var field in head)
            if (field.Name == name)
                return field.Value;
        return "";
    }

    private static int? Number(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : null;
}
