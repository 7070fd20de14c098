using System.Globalization;
using System.Text;

namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>Sums as a decision writes them: 5,000元 and 伍仟元整 (正确填写票据和结算凭证的基本规定).</summary>
internal static class ChineseAmount
{
    private const string Digits = "零壹贰叁肆伍陆柒捌玖";

    private static readonly string[] Places = ["", "拾", "佰", "仟"];
    private static readonly string[] Groups = ["", "万", "亿", "万亿"];

    /// <summary>"5,000元", "5,000.50元".</summary>
    public static string InDigits(long fen) =>
        (fen / 100m).ToString(fen % 100 == 0 ? "#,##0" : "#,##0.00", CultureInfo.InvariantCulture) + "元";

    /// <summary>"伍仟元整", "伍仟零叁元伍角", "叁角贰分".</summary>
    public static string InWords(long fen)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fen);
        (long yuan, long rest) = (fen / 100, fen % 100);
        StringBuilder words = new();
        if (yuan > 0 || rest == 0)
            words.Append(Yuan(yuan)).Append('元');
        if (rest == 0)
            return words.Append('整').ToString();
        (long jiao, long cent) = (rest / 10, rest % 10);
        if (jiao > 0)
            words.Append(Digits[(int)jiao]).Append('角');
        else if (yuan > 0)
            words.Append('零');
        if (cent > 0)
            words.Append(Digits[(int)cent]).Append('分');
        return words.ToString();
    }

    private static string Yuan(long yuan)
    {
        if (yuan == 0)
            return "零";
        StringBuilder words = new();
        bool gap = false; // zeros since the last digit, of which 零 speaks once
        for (int group = Groups.Length - 1; group >= 0; group--)
        {
            int part = (int)(yuan / (long)Math.Pow(10_000, group) % 10_000);
            for (int place = 3; place >= 0; place--)
            {
                int digit = part / (int)Math.Pow(10, place) % 10;
                if (digit == 0)
                {
                    gap = words.Length > 0;
                    continue;
                }

                if (gap)
                    words.Append('零');
                gap = false;
                words.Append(Digits[digit]).Append(Places[place]);
            }

            if (part > 0)
                words.Append(Groups[group]);
        }

        return words.ToString();
    }
}
