using System.Collections.Frozen;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

/// Factor codes of annex B of HJ 212-2017 that stations of this system send, with what 2005 called them. A code that is not here is kept
/// as sent. One unit is not the table's: it prints PM2.5, PM10 and TSP in ng/m3, and what is deployed sends ug/m3.
internal static class FactorTable
{
    private static readonly (string Code, string Old, string Name, string Unit)[] Rows =
    [
        ("w00000", "B01", "污水流量", "L/s"), ("w01001", "001", "pH", ""), ("w01009", "", "溶解氧", "mg/L"), ("w01010", "", "水温", "degC"),
        ("w01014", "", "电导率", "uS/cm"), ("w01018", "011", "化学需氧量", "mg/L"), ("w01019", "", "高锰酸盐指数", "mg/L"),
        ("w01020", "015", "总有机碳", "mg/L"), ("w20111", "020", "总汞", "ug/L"), ("w20119", "026", "总砷", "mg/L"),
        ("w21001", "065", "总氮", "mg/L"), ("w21003", "060", "氨氮", "mg/L"), ("w21011", "101", "总磷", "mg/L"),
        ("w21016", "070", "氰化物", "mg/L"), ("w22001", "080", "石油类", "mg/L"),
        ("a00000", "B02", "废气流量", "m3/s"), ("a01001", "", "温度", "degC"), ("a01002", "", "湿度", "%"), ("a01006", "", "气压", "kPa"),
        ("a01007", "", "风速", "m/s"), ("a01008", "", "风向", "deg"), ("a01011", "S02", "烟气流速", "m/s"), ("a01012", "S03", "烟气温度", "degC"),
        ("a01013", "S08", "烟气压力", "kPa"), ("a01014", "S05", "烟气湿度", "%"), ("a19001", "S01", "氧气含量", "%"),
        ("a21002", "03", "氮氧化物", "mg/m3"), ("a21003", "", "一氧化氮", "mg/m3"), ("a21004", "", "二氧化氮", "mg/m3"),
        ("a21005", "04", "一氧化碳", "mg/m3"), ("a21026", "02", "二氧化硫", "mg/m3"), ("a24088", "", "非甲烷总烃", "mg/m3"),
        ("a34001", "", "总悬浮颗粒物", "ug/m3"), ("a34002", "", "PM10", "ug/m3"), ("a34004", "", "PM2.5", "ug/m3"), ("a34013", "01", "烟尘", "mg/m3"),
        ("LA", "", "瞬时声级", "dB"), ("L5", "", "累计百分声级L5", "dB"), ("L10", "", "累计百分声级L10", "dB"), ("L50", "", "累计百分声级L50", "dB"),
        ("L90", "", "累计百分声级L90", "dB"), ("L95", "", "累计百分声级L95", "dB"), ("Leq", "", "等效声级", "dB"), ("LMx", "", "最大声级", "dB"),
        ("LMn", "", "最小声级", "dB"), ("Ld", "", "昼间等效声级", "dB"), ("Ln", "", "夜间等效声级", "dB"), ("Ldn", "", "昼夜等效声级", "dB"),
    ];

    private static readonly FrozenDictionary<string, Factor> ByCode =
        Rows.SelectMany(r => new[] { (Key: r.Code, r), (Key: r.Old, r) }).Where(p => p.Key.Length > 0)
            .ToFrozenDictionary(p => p.Key, p => new Factor(p.r.Code, p.r.Name, p.r.Unit), StringComparer.Ordinal);

    /// System codes whose factors are of water; 22, 27 and 31 are of air.
    private static readonly FrozenSet<string> Water = new[] { "21", "24", "26", "32", "33", "34", "52" }.ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> Air = new[] { "22", "27", "31", "51" }.ToFrozenSet(StringComparer.Ordinal);

    /// <param name="code">As sent: of 2017, of 2005, or of neither.</param>
    /// <param name="st">System code of the station: says what "01018" for "w01018" means (example C.14 of 2017).</param>
    /// <param name="isLetterMissing">True when the medium's letter had to be put before the code.</param>
    public static Factor Find(string code, string st, out bool isLetterMissing)
    {
        isLetterMissing = false;
        if (ByCode.TryGetValue(code, out var factor))
            return factor;
        var letter = Water.Contains(st) ? "w" : Air.Contains(st) ? "a" : "";
        isLetterMissing = code.Length == 5 && letter.Length > 0 && ByCode.TryGetValue(letter + code, out factor);
        return isLetterMissing ? factor : new Factor(code, "", "");
    }
}
