using System.Text;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

/// Text for people out of a field's bytes: UTF-8 where it is valid (2025), else GB 18030, which every older logger writes.
internal static class Hj212Text
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!; // built in

    public static string Of(string value)
    {
        if (Ascii.IsValid(value))
            return value;
        var bytes = Encoding.Latin1.GetBytes(value);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Gb18030.GetString(bytes);
        }
    }
}
