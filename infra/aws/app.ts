/** `cdk` runs this file; so does the local lake, which provisions the same template. */
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { LakeStack } from './lake-stack.ts';
import { stackName } from './names.ts';

const app = new App({ analyticsReporting: false });
new LakeStack(app, stackName);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
