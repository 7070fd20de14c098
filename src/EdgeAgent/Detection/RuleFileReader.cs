using EdgeEnforcement.Detection;
using EdgeEnforcement.Evidence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Detection;

/// Looks at the configured rule file. Each content is judged once, and only when two looks in a row have found it: a file that is just
/// being copied into place is read half. The first look of a start counts at once, as nothing is in force that could go on.
internal sealed class RuleFileReader(DetectionFiles files, IOptions<DetectionOptions> options, IConfiguration configuration)
{
    private Sha256Hash? _last;
    private Sha256Hash? _judged;

    public string Path => options.Value.RuleFile;

    /// Why the file as it is now is not in force; empty when it is.
    public IReadOnlyList<RuleSetError> Errors { get; private set; } = [];

    /// <param name="inForce">Hash of the rule set in force.</param>
    /// <param name="isNew">The content was not judged before: Errors, if any, have not been said.</param>
    /// <returns>A rule set to be put in force, with its bytes; null: there is none, or it is in force already.</returns>
    public (RuleSet Rules, byte[] Content)? Look(Sha256Hash? inForce, out bool isNew)
    {
        var content = files.ReadRuleFile(Path, out var why);
        var sha256 = content is null ? Sha256Hash.Zero : Sha256Hash.Of(content);
        var isSettled = _last is null || _last == sha256;
        _last = sha256;
        isNew = isSettled && _judged != sha256;
        if (!isNew)
            return null;
        _judged = sha256;
        Errors = content is null ? [new RuleSetError(1, "", why)] : [];
        if (content is null || sha256 == inForce)
            return null;
        var rules = RuleSetParser.TryParse(content, out var errors);
        Errors = rules is null ? errors : StationUnits.Check(rules, configuration);
        return rules is null || Errors.Count > 0 ? null : (rules, content);
    }
}
