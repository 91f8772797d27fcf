//! The template as MiniStack can make it. What it does not know is taken out, and what is Amazon's own is elsewhere, each
//! with its reason; all else is as it is deployed.

use serde_json::json;
use serde_yaml_ng::Value as Yaml;

use super::TEMPLATE;
use super::cloud::AUDIENCE;
use super::passage::GATEWAY;

/// Where there is, on this machine, what is Amazon's otherwise.
pub(super) struct Instead<'h> {
    /// Where programs reach the cloud.
    pub(super) cloud: &'h str,
    /// Who people come from.
    pub(super) issuer: &'h str,
    /// Where deployments are told how a version did.
    pub(super) deployments: &'h str,
    /// The port of the passage that edges take.
    pub(super) passage: u16,
}

impl Instead<'_> {
    pub(super) fn template(&self, parameters: &[(&str, String)]) -> String {
        let mut template: Yaml = serde_yaml_ng::from_str(TEMPLATE).unwrap();
        // Its transform sees what parameters are by default, and not what is given: that another one is another version.
        let always = [("Code", "code"), ("Popularity", "yes")].map(|(name, value)| (name, value.to_owned()));
        for (name, value) in always.iter().chain(parameters) {
            template["Parameters"][*name]["Default"] = value.as_str().into();
        }
        let resources = &mut template["Resources"];
        take_out(resources);
        self.functions(resources);
        self.people(resources);
        self.edges(resources);
        // Nobody speaks TLS here.
        for output in ["StudioUrl", "DeliveryUrl"] {
            let Yaml::Tagged(address) = &mut template["Outputs"][output]["Value"] else { panic!("{output}") };
            let path = address.value.as_str().and_then(|value| value.strip_prefix("https:")).unwrap();
            address.value = format!("http:{path}").into();
        }
        serde_yaml_ng::to_string(&template).unwrap()
    }

    /// Functions reach the cloud where it is.
    fn functions(&self, resources: &mut Yaml) {
        for function in ["Server", "Publisher", "Daily"] {
            let variables = &mut resources[function]["Properties"]["Environment"]["Variables"];
            for endpoint in ["COPYDESK_DYNAMODB_ENDPOINT", "COPYDESK_S3_ENDPOINT"] {
                variables[endpoint] = self.cloud.into();
            }
        }
        // It has no deployments to tell.
        for trial in ["Trial", "PublisherTrial"] {
            let variables = &mut resources[trial]["Properties"]["Environment"]["Variables"];
            variables["AWS_ENDPOINT_URL_CODEDEPLOY"] = self.deployments.into();
            variables["PAUSE"] = "1".into();
        }
    }

    /// The pool's tokens name an address of Amazon's, where keys would be asked for.
    fn people(&self, resources: &mut Yaml) {
        let people = &mut resources["ApiPeople"]["Properties"]["JwtConfiguration"];
        people["Issuer"] = self.issuer.into();
        people["Audience"] = vec![Yaml::from(AUDIENCE)].into();
        let issuers = json!([{ "name": "people", "kind": "generic", "issuer": self.issuer, "audiences": [AUDIENCE], "clients": ["studio"] }]);
        let variables = &mut resources["Server"]["Properties"]["Environment"]["Variables"];
        variables["COPYDESK_ISSUERS"] = issuers.to_string().into();
    }

    /// Edges speak to their buckets without TLS, and to no address of Amazon's.
    fn edges(&self, resources: &mut Yaml) {
        for policy in ["DeliveredPolicy", "SourcesPolicy", "ViewsPolicy"] {
            let statements = resources[policy]["Properties"]["PolicyDocument"]["Statement"].as_sequence_mut().unwrap();
            let before = statements.len();
            statements.retain(|one| one["Condition"]["Bool"]["aws:SecureTransport"].is_null());
            assert_eq!(statements.len() + 1, before, "{policy}");
        }
        let gateway = format!(
            "{{ Id: api, DomainName: localhost, OriginCustomHeaders: [{{ HeaderName: {GATEWAY}, HeaderValue: !Ref Api }}], \
             CustomOriginConfig: {{ OriginProtocolPolicy: http-only, HTTPPort: {} }} }}",
            self.passage
        );
        let origins = resources["Studio"]["Properties"]["DistributionConfig"]["Origins"].as_sequence_mut().unwrap();
        assert_eq!((origins.len(), &origins[0]["Id"]), (1, &"api".into()));
        origins[0] = serde_yaml_ng::from_str(&gateway).unwrap();
    }
}

/// It has no budgets, its edges write no logs, and it has no deployments that move traffic little by little.
fn take_out(resources: &mut Yaml) {
    for unknown in ["Spent", "ViewsSource", "ViewsDestination", "ViewsDelivery"] {
        resources.as_mapping_mut().unwrap().remove(unknown).unwrap();
    }
    for function in ["Server", "Publisher"] {
        let properties = resources[function]["Properties"].as_mapping_mut().unwrap();
        properties.remove("DeploymentPreference").unwrap();
    }
}
