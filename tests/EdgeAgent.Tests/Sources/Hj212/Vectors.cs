namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Hj212;

/// <summary>
/// Frames of HJ 212. V: found in public sources and recomputed; D: derived from the standard's text; N: to be refused. Without CR LF.
/// </summary>
internal static class Vectors
{
    public const string V1 = "##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C80";
    public const string V2 = "##0139ST=32;CN=2011;PW=123456;MN=LD130133000015;CP=&&DataTime=20160824003817000;B01-Rtd=36.91;011-Rtd=231.0,011-Flag=N;060-Rtd=1.803,060-Flag=N&&4980";
    public const string V3 = "##0136ST=32;CN=2011;PW=000000;MN=LD130133000015;CP=&&DataTime=20160824003817;011-Rtd=231.0,011-Flag=N;B01-Rtd=36.91;060-Rtd=1.803,060-Flag=N&&1dc0";
    public const string V4 = "##0453QN=20160801085000001;ST=22;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=7;CP=&&DataTime=20160801084000;a21005-Rtd=1.1,a21005-Flag=N;a21004-Rtd=112,a21004-Flag=N;a21026-Rtd=58,a21026-Flag=N;LA-td=50.1,LA-Flag=N;a34004-Rtd=207,a34004-Flag=N;a34002-Rtd=295,a34002-Flag=N;a01001-Rtd=12.6,a01001-Flag=N;a01002-Rtd=32,a01002-Flag=N;a01006-Rtd=101.02,a01006-Flag=N;a01007-Rtd=2.1,a01007-Flag=N;a01008-Rtd=120,a01008-Flag=N;a34001-Rtd=217,a34001-Flag=N;&&c0c1";
    public const string V6 = "##0087QN=20240601085857223;ST=32;CN=1011;PW=123456;MN=010000A8900016F000169DC0;Flag=9;CP=&&&&2200";
    public const string D01 = "##0107QN=20160801085857223;ST=32;CN=1000;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&OverTime=5;ReCount=3&&CAC1";
    public const string D02 = "##0094QN=20160801085857223;ST=91;CN=9011;PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&&QnRtn=1&&1B00";
    public const string D03 = "##0095QN=20160801085857223;ST=91;CN=9012;PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&&ExeRtn=1&&6240";
    public const string D04 = "##0087QN=20160801085857223;ST=91;CN=9013;PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&&&&2A80";
    public const string D05 = "##0087QN=20160801085857223;ST=91;CN=9014;PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&&&&3240";
    public const string D06 = "##0218QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20160801085857;w01001-Rtd=7.1,w01001-Flag=N;w01018-SampleTime=20160801070000,w01018-Rtd=2.2,w01018-Flag=N,w01018-EFlag=A01&&6E80";
    public const string D07 = "##0128QN=20160801085857223;ST=32;CN=2021;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20160801085857;SB1-RS=1;SB2-RS=0&&F141";
    public const string D09 = "##0325QN=20160801090000001;ST=32;CN=2061;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20160801080000;w00000-Cou=63.0,w00000-Min=16.4,w00000-Avg=17.5,w00000-Max=20.1,w00000-Flag=N;w01001-Min=7.1,w01001-Avg=7.5,w01001-Max=7.8,w01001-Flag=N;w01018-Cou=63.0,w01018-Min=40.1,w01018-Avg=40.1,w01018-Max=40.1,w01018-Flag=N&&B7C1";
    public const string D10 = "##0221QN=20160801085000001;ST=23;CN=2051;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20160801084000;L5-Data=53.0;L10-Data=53.0;L50-Data=49.0;L90-Data=45.0;L95-Data=43.0;Leq-Data=50.0;LMx-Data=54.0;LMn-Data=42.0&&1DC0";
    public const string D13 = "##0260QN=20160801085857534;ST=32;CN=2061;PW=123456;MN=010000A8900016F000169DC0;Flag=6;PNUM=2;PNO=1;CP=&&DataTime=20160801080000;w00000-Cou=63.0,w00000-Min=16.4,w00000-Avg=17.5,w00000-Max=20.1,w00000-Flag=N;w01001-Min=7.1,w01001-Avg=7.5,w01001-Max=7.8,w01001-Flag=N&&DC41";
    public const string D14 = "##0201QN=20160801085857535;ST=32;CN=2061;PW=123456;MN=010000A8900016F000169DC0;Flag=6;PNUM=2;PNO=2;CP=&&DataTime=20160801080000;w01018-Cou=63.0,w01018-Min=40.1,w01018-Avg=40.1,w01018-Max=40.1,w01018-Flag=N&&DEC1";
    public const string D16 = "##0094QN=20160801085857223;ST=91;CN=9011;PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&&QnRtn=2&&4B00";
    public const string D17 = "##0094QN=20160801085857223;ST=91;CN=9011;PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&&QnRtn=9&&E681";
    public const string D18 = "##0119QN=20160801085857223;ST=32;CN=3015;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20160801085857;VaseNo=1&&18C0";
    public const string D19 = "##0168QN=20260801085857223;ST=22;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20260801085857;a34004-Rtd=207,a34004-Flag=N;a34002-Rtd=295,a34002-Flag=N&&EA41";
    public const string D20 = "##0172QN=20260801090000001;ST=32;CN=2061;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20260801080000;w01018-Min=61.0,w01018-Avg=78.4,w01018-Max=95.2,w01018-Flag=N&&0280";
    public const string D21 = "##0141QN=20260801090000002;ST=32;CN=2061;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20260801080000;w01018-Avg=312.0,w01018-Flag=M&&6D40";
    public const string E1 = "##0087QN=20260801085857223;ST=91;CN=9015;PW=123456;MN=010000A8900016F000169DC0;Flag=9;CP=&&&&3240";
    public const string E2 = "##0087QN=20260801085857223;ST=91;CN=9013;PW=123456;MN=010000A8900016F000169DC0;Flag=8;CP=&&&&EF41";
    public const string N1 = "##0136ST=32;CN=2011;PW=123456;MN=LD130133000015;CP=&&DataTime=20160824003817;B01-Rtd=36.91;011-Rtd=231.0,011-Flag=N;060-Rtd=1.803,060-Flag=N&&4980";
    public const string N3 = "##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&0759";

    /// <summary>SM4 with key 16 × 0x30; length and CRC are those of the plain frame.</summary>
    public const string EncryptedHex =
        "232330313339514E3D32303236303830313038353835373232333B53543D33323B434E3D323031313B50573D3132333435363B4D4E3D3031303030304138393030303136463030303136394443303B466C61673D393B43503D2626E866FB1E00A16EB5786111E0AF4A8A1137BDB9E1652AAB3B433A0DC714BEF599B44AFBED5CD56367DEA9FF44324EF45A61673D4E262631423030";

    /// <summary>Every V and D vector, by name.</summary>
    public static IReadOnlyDictionary<string, string> Good { get; } = new Dictionary<string, string>
    {
        [nameof(V1)] = V1, [nameof(V2)] = V2, [nameof(V3)] = V3, [nameof(V4)] = V4, [nameof(V6)] = V6, [nameof(D01)] = D01, [nameof(D02)] = D02,
        [nameof(D03)] = D03, [nameof(D04)] = D04, [nameof(D05)] = D05, [nameof(D06)] = D06, [nameof(D07)] = D07, [nameof(D09)] = D09,
        [nameof(D10)] = D10, [nameof(D13)] = D13, [nameof(D14)] = D14, [nameof(D16)] = D16, [nameof(D17)] = D17, [nameof(D18)] = D18,
        [nameof(D19)] = D19, [nameof(D20)] = D20, [nameof(D21)] = D21, [nameof(E1)] = E1, [nameof(E2)] = E2,
    };

    public static TheoryData<string> Names => [.. Good.Keys];

    public static byte[] Bytes(string frame, string tail = "\r\n") => System.Text.Encoding.Latin1.GetBytes(frame + tail);

    /// <summary>A frame around a data segment, written without the code under test.</summary>
    public static byte[] Frame(string data)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(data);
        var register = 0xFFFF;
        foreach (var b in bytes)
        {
            register = (register >> 8) ^ b;
            for (var bit = 0; bit < 8; bit++)
                register = (register & 1) == 0 ? register >> 1 : (register >> 1) ^ 0xA001;
        }
        return [.. System.Text.Encoding.ASCII.GetBytes($"##{bytes.Length:D4}"), .. bytes, .. System.Text.Encoding.ASCII.GetBytes($"{register:X4}\r\n")];
    }
}
