using System.Globalization;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Links;

/// Our answers to what stations send (clause 6.7): 9014 to data, 9013 to a notice. Same QN and version, ST 91, never an answer to an answer.
internal static class Answers
{
    private const string System = "91";

    /// <param name="now">Stands in for a QN that was not sent.</param>
    public static byte[] To(Hj212Message message, DateTimeOffset now)
    {
        var cn = message.Cn is Cn.AskForTime or Cn.Heartbeat ? Cn.NoticeAnswer : Cn.DataAnswer;
        var qn = message.Qn.Length > 0 ? message.Qn : Hj212Time.FormatQn(now);
        var flag = (int)message.Version << 2;
        return Hj212Formatter.Format(string.Create(
            CultureInfo.InvariantCulture, $"QN={qn};ST={System};CN={cn};PW={message.Pw};MN={message.Mn};Flag={flag};CP=&&&&"));
    }
}
