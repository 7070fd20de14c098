using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers.Rules;

/// <summary>The rules of each kind. All faults at once: a person who corrects a file should have to do it once.</summary>
internal static class RegisterRules
{
    public static IEnumerable<RuleFault> Of(RegisterChange change, RuleScope scope) => change switch
    {
        { AgentConfiguration: { } configuration } => ConfigurationRules.OfPeriod(change).Concat(ConfigurationRules.Of(change.Id, configuration, scope)),
        { Ended: true, Unit: not null } => UnitRules.OfEnd(change.Id, scope),
        { Ended: true } => [],
        { Unit: { } unit } => UnitRules.Of(change.Id, unit, scope),
        { Item: { } item } => UnitRules.Of(item),
        { Grant: { } grant } => GrantRules.Of(change.Id, grant, scope),
        { Officer: { } officer } => OfficerRules.Of(change.Id, officer, scope),
        { Substitution: { } substitution } => PeopleRules.Of(substitution, scope),
        { Leave: { } leave } => PeopleRules.Of(leave, scope),
        { Recusal: { } recusal } => PeopleRules.Of(recusal, scope),
        { Reviewer: { } reviewer } => PeopleRules.Of(reviewer, scope),
        { HandOver: { } handOver } => PeopleRules.Of(handOver, scope),
        { Device: { } device } => DeviceRules.Of(change.Id, device, scope),
        { Admission: { } admission } => AdmissionRules.Of(change.Id, admission, scope),
        { Calendar: { } calendar } => PlaceRules.Of(change.Id, calendar),
        { Territory: { } territory } => PlaceRules.Of(change.Id, territory, scope),
        { EnforcementObject: { } enforcementObject } => ObjectRules.Of(change.Id, enforcementObject, scope),
        { ObjectMerge: { } merge } => ObjectRules.Of(change.Id, merge, scope),
        { ObjectLink: { } link } => ObjectRules.Of(link, scope),
        { Penalty: { } penalty } => ObjectRules.Of(penalty, scope),
        _ => [new RuleFault("", "the change has no content")],
    };
}
