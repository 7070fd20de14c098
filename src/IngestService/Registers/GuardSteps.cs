using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>Gathers the steps of one guard's answer. It is allowed when every step passed; the reason is the first that did not.</summary>
internal sealed class GuardSteps(RegisterAsOf asOf)
{
    private readonly GuardAnswer _answer = new() { At = Micros.ToTimestamp(asOf.AtMicros) };

    /// <returns>Whether it passed, so that a caller can stop where later steps have nothing to look at.</returns>
    public bool Step(string name, bool passed, Said detail, params IEnumerable<RegisterVersion?> restsOn)
    {
        GuardStep step = new() { Name = name, Passed = passed, Detail = detail.ToString(), Said = detail.ToSentence() };
        step.Entries.AddRange(restsOn.OfType<RegisterVersion>().Select(version => version.Entry).Distinct().Order());
        _answer.Steps.Add(step);
        return passed;
    }

    public GuardAnswer End(Action<GuardAnswer>? fill = null)
    {
        GuardStep? failed = _answer.Steps.FirstOrDefault(step => !step.Passed);
        _answer.Allowed = failed is null;
        _answer.Reason = failed is null ? _answer.Steps.LastOrDefault()?.Detail ?? "" : $"{failed.Name}: {failed.Detail}";
        fill?.Invoke(_answer);
        return _answer;
    }
}
