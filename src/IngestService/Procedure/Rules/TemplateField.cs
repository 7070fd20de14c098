namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <param name="Key">As it stands in the template: <c>{{key}}</c>.</param>
internal sealed record TemplateField(string Key, string Zh, string En, bool Required, bool Long);
