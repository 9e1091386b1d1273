// Generated from schemas/**/*.schema.json: run `npm run generate -w schemas` to write it again.
"use strict";
export const validateFramework = validate53;
const schema20 = {"title":"Framework","description":"A framework: a body of controls that somebody asks for.","type":"object","additionalProperties":false,"required":["apiVersion","kind","metadata","spec"],"properties":{"apiVersion":{"$ref":"#/$defs/apiVersion"},"kind":{"description":"The kind of document.","const":"Framework"},"metadata":{"$ref":"#/$defs/metadata"},"spec":{"title":"FrameworkSpec","description":"What the framework is and how far this mapping of it goes.","type":"object","additionalProperties":false,"required":["title","version","source","licence","restricted","status","review"],"properties":{"title":{"description":"The framework's name, for people.","$ref":"#/$defs/title"},"version":{"description":"Which edition the catalogue follows.","type":"string","minLength":1,"maxLength":120},"source":{"description":"Where the identifiers come from: a citation or an address.","type":"string","minLength":1,"maxLength":500},"licence":{"description":"Under what terms its text may be used here.","type":"string","minLength":1,"maxLength":500},"restricted":{"description":"Whether the source's text may not be copied here: then a control has a title in our own words and nothing of the source but its identifier.","type":"boolean"},"status":{"description":"mapped: controls name checks. exercised: every control that a look at a host can show has a check that a drill breaks, to see that it notices.","enum":["mapped","exercised"]},"review":{"description":"`none`, or who from outside reviewed the mapping and on which day.","anyOf":[{"description":"Nobody reviewed it.","const":"none"},{"title":"Review","description":"A review.","type":"object","additionalProperties":false,"required":["by","at"],"properties":{"by":{"description":"Who reviewed it.","type":"string","minLength":1,"maxLength":120},"at":{"description":"The day, such as 2026-11-23.","type":"string","minLength":1,"maxLength":10,"pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}}}]},"note":{"description":"What a reader should know about this mapping.","$ref":"#/$defs/prose"}}}}};
const schema21 = {"description":"Version of the document format.","const":"compline.dev/v1"};

function validate54(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate54.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if("compline.dev/v1" !== data){
const err0 = {instancePath,schemaPath:"#/const",keyword:"const",params:{allowedValue: "compline.dev/v1"},message:"must be equal to constant",schema:"compline.dev/v1",parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate54.errors = vErrors;
return errors === 0;
}
validate54.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema22 = {"description":"Name and labels.","type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"description":"The document's name; the path says the same.","$ref":"#/$defs/name"},"labels":{"$ref":"#/$defs/labels"}}};
const schema23 = {"description":"A name: lower-case letters, digits and inner hyphens, at most 63 characters, no Windows device name.","type":"string","maxLength":63,"pattern":"^(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$"};
function func1(text) { let length = 0; for (const _ of text) length++; return length; }
const pattern3 = new RegExp("^(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$", "u");

function validate57(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate57.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 63){
const err0 = {instancePath,schemaPath:"#/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters",schema:63,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern3.test(data)){
const err1 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$"},message:"must match pattern \""+"^(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$"+"\"",schema:"^(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$",parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema23.type,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate57.errors = vErrors;
return errors === 0;
}
validate57.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema24 = {"description":"Labels for searching and grouping; they change nothing else.","type":"object","maxProperties":32,"propertyNames":{"pattern":"^[a-z0-9](?:[a-z0-9./-]{0,61}[a-z0-9])?$"},"additionalProperties":{"description":"The label's value.","type":"string","maxLength":63}};
const pattern4 = new RegExp("^[a-z0-9](?:[a-z0-9./-]{0,61}[a-z0-9])?$", "u");

function validate59(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate59.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 32){
const err0 = {instancePath,schemaPath:"#/maxProperties",keyword:"maxProperties",params:{limit: 32},message:"must NOT have more than 32 properties",schema:32,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(!pattern4.test(key0)){
const err1 = {instancePath,schemaPath:"#/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9](?:[a-z0-9./-]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9](?:[a-z0-9./-]{0,61}[a-z0-9])?$"+"\"",schema:"^[a-z0-9](?:[a-z0-9./-]{0,61}[a-z0-9])?$",parentSchema:schema24.propertyNames,data:key0,propertyName:key0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var valid0 = _errs1 === errors;
if(!valid0){
const err2 = {instancePath,schemaPath:"#/propertyNames",keyword:"propertyNames",params:{propertyName: key0},message:"property name must be valid",schema:schema24.propertyNames,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
for(const key1 in data){
let data0 = data[key1];
if(typeof data0 === "string"){
if(func1(data0) > 63){
const err3 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters",schema:63,parentSchema:schema24.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.additionalProperties.type,parentSchema:schema24.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema24.type,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate59.errors = vErrors;
return errors === 0;
}
validate59.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate56(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate56.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema22.required,parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "name") || (key0 === "labels"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.name !== undefined){
if(!(validate57(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data.labels !== undefined){
if(!(validate59(data.labels, {instancePath:instancePath+"/labels",parentData:data,parentDataProperty:"labels",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema22.type,parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate56.errors = vErrors;
return errors === 0;
}
validate56.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema25 = {"description":"A title on one line, at most 120 characters, without control characters and marks that turn the direction of text.","type":"string","minLength":1,"maxLength":120,"pattern":"^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]*$"};
const pattern5 = new RegExp("^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]*$", "u");

function validate62(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate62.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 120){
const err0 = {instancePath,schemaPath:"#/maxLength",keyword:"maxLength",params:{limit: 120},message:"must NOT have more than 120 characters",schema:120,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(func1(data) < 1){
const err1 = {instancePath,schemaPath:"#/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!pattern5.test(data)){
const err2 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]*$"},message:"must match pattern \""+"^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]*$"+"\"",schema:"^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]*$",parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.type,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate62.errors = vErrors;
return errors === 0;
}
validate62.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema26 = {"description":"Plain text for people, at most 4000 characters, without control characters (but line ends) and marks that turn the direction of text.","type":"string","pattern":"^[^\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]*$","minLength":1,"maxLength":4000};
const pattern7 = new RegExp("^[^\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]*$", "u");

function validate64(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate64.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 4000){
const err0 = {instancePath,schemaPath:"#/maxLength",keyword:"maxLength",params:{limit: 4000},message:"must NOT have more than 4000 characters",schema:4000,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(func1(data) < 1){
const err1 = {instancePath,schemaPath:"#/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!pattern7.test(data)){
const err2 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]*$"},message:"must match pattern \""+"^[^\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]*$"+"\"",schema:"^[^\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]*$",parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.type,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate64.errors = vErrors;
return errors === 0;
}
validate64.evaluated = {"dynamicProps":false,"dynamicItems":false};

const pattern6 = new RegExp("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "u");

function validate53(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate53.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema20.required,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema20.required,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'",schema:schema20.required,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'",schema:schema20.required,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.apiVersion !== undefined){
if(!(validate54(data.apiVersion, {instancePath:instancePath+"/apiVersion",parentData:data,parentDataProperty:"apiVersion",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("Framework" !== data1){
const err5 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "Framework"},message:"must be equal to constant",schema:"Framework",parentSchema:schema20.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate56(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
let data3 = data.spec;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.title === undefined){
const err6 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "title"},message:"must have required property '"+"title"+"'",schema:schema20.properties.spec.required,parentSchema:schema20.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data3.version === undefined){
const err7 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "version"},message:"must have required property '"+"version"+"'",schema:schema20.properties.spec.required,parentSchema:schema20.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data3.source === undefined){
const err8 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "source"},message:"must have required property '"+"source"+"'",schema:schema20.properties.spec.required,parentSchema:schema20.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data3.licence === undefined){
const err9 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "licence"},message:"must have required property '"+"licence"+"'",schema:schema20.properties.spec.required,parentSchema:schema20.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data3.restricted === undefined){
const err10 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "restricted"},message:"must have required property '"+"restricted"+"'",schema:schema20.properties.spec.required,parentSchema:schema20.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data3.status === undefined){
const err11 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "status"},message:"must have required property '"+"status"+"'",schema:schema20.properties.spec.required,parentSchema:schema20.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data3.review === undefined){
const err12 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "review"},message:"must have required property '"+"review"+"'",schema:schema20.properties.spec.required,parentSchema:schema20.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
for(const key1 in data3){
if(!((((((((key1 === "title") || (key1 === "version")) || (key1 === "source")) || (key1 === "licence")) || (key1 === "restricted")) || (key1 === "status")) || (key1 === "review")) || (key1 === "note"))){
const err13 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema20.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data3.title !== undefined){
if(!(validate62(data3.title, {instancePath:instancePath+"/spec/title",parentData:data3,parentDataProperty:"title",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data3.version !== undefined){
let data5 = data3.version;
if(typeof data5 === "string"){
if(func1(data5) > 120){
const err14 = {instancePath:instancePath+"/spec/version",schemaPath:"#/properties/spec/properties/version/maxLength",keyword:"maxLength",params:{limit: 120},message:"must NOT have more than 120 characters",schema:120,parentSchema:schema20.properties.spec.properties.version,data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(func1(data5) < 1){
const err15 = {instancePath:instancePath+"/spec/version",schemaPath:"#/properties/spec/properties/version/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema20.properties.spec.properties.version,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/spec/version",schemaPath:"#/properties/spec/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.spec.properties.version.type,parentSchema:schema20.properties.spec.properties.version,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data3.source !== undefined){
let data6 = data3.source;
if(typeof data6 === "string"){
if(func1(data6) > 500){
const err17 = {instancePath:instancePath+"/spec/source",schemaPath:"#/properties/spec/properties/source/maxLength",keyword:"maxLength",params:{limit: 500},message:"must NOT have more than 500 characters",schema:500,parentSchema:schema20.properties.spec.properties.source,data:data6};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(func1(data6) < 1){
const err18 = {instancePath:instancePath+"/spec/source",schemaPath:"#/properties/spec/properties/source/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema20.properties.spec.properties.source,data:data6};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/spec/source",schemaPath:"#/properties/spec/properties/source/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.spec.properties.source.type,parentSchema:schema20.properties.spec.properties.source,data:data6};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data3.licence !== undefined){
let data7 = data3.licence;
if(typeof data7 === "string"){
if(func1(data7) > 500){
const err20 = {instancePath:instancePath+"/spec/licence",schemaPath:"#/properties/spec/properties/licence/maxLength",keyword:"maxLength",params:{limit: 500},message:"must NOT have more than 500 characters",schema:500,parentSchema:schema20.properties.spec.properties.licence,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(func1(data7) < 1){
const err21 = {instancePath:instancePath+"/spec/licence",schemaPath:"#/properties/spec/properties/licence/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema20.properties.spec.properties.licence,data:data7};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/spec/licence",schemaPath:"#/properties/spec/properties/licence/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.spec.properties.licence.type,parentSchema:schema20.properties.spec.properties.licence,data:data7};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data3.restricted !== undefined){
let data8 = data3.restricted;
if(typeof data8 !== "boolean"){
const err23 = {instancePath:instancePath+"/spec/restricted",schemaPath:"#/properties/spec/properties/restricted/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema20.properties.spec.properties.restricted.type,parentSchema:schema20.properties.spec.properties.restricted,data:data8};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data3.status !== undefined){
let data9 = data3.status;
if(!((data9 === "mapped") || (data9 === "exercised"))){
const err24 = {instancePath:instancePath+"/spec/status",schemaPath:"#/properties/spec/properties/status/enum",keyword:"enum",params:{allowedValues: schema20.properties.spec.properties.status.enum},message:"must be equal to one of the allowed values",schema:schema20.properties.spec.properties.status.enum,parentSchema:schema20.properties.spec.properties.status,data:data9};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data3.review !== undefined){
let data10 = data3.review;
const _errs19 = errors;
let valid2 = false;
const _errs20 = errors;
if("none" !== data10){
const err25 = {instancePath:instancePath+"/spec/review",schemaPath:"#/properties/spec/properties/review/anyOf/0/const",keyword:"const",params:{allowedValue: "none"},message:"must be equal to constant",schema:"none",parentSchema:schema20.properties.spec.properties.review.anyOf[0],data:data10};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
var _valid0 = _errs20 === errors;
valid2 = valid2 || _valid0;
const _errs21 = errors;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.by === undefined){
const err26 = {instancePath:instancePath+"/spec/review",schemaPath:"#/properties/spec/properties/review/anyOf/1/required",keyword:"required",params:{missingProperty: "by"},message:"must have required property '"+"by"+"'",schema:schema20.properties.spec.properties.review.anyOf[1].required,parentSchema:schema20.properties.spec.properties.review.anyOf[1],data:data10};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(data10.at === undefined){
const err27 = {instancePath:instancePath+"/spec/review",schemaPath:"#/properties/spec/properties/review/anyOf/1/required",keyword:"required",params:{missingProperty: "at"},message:"must have required property '"+"at"+"'",schema:schema20.properties.spec.properties.review.anyOf[1].required,parentSchema:schema20.properties.spec.properties.review.anyOf[1],data:data10};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
for(const key2 in data10){
if(!((key2 === "by") || (key2 === "at"))){
const err28 = {instancePath:instancePath+"/spec/review",schemaPath:"#/properties/spec/properties/review/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema20.properties.spec.properties.review.anyOf[1],data:data10};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data10.by !== undefined){
let data11 = data10.by;
if(typeof data11 === "string"){
if(func1(data11) > 120){
const err29 = {instancePath:instancePath+"/spec/review/by",schemaPath:"#/properties/spec/properties/review/anyOf/1/properties/by/maxLength",keyword:"maxLength",params:{limit: 120},message:"must NOT have more than 120 characters",schema:120,parentSchema:schema20.properties.spec.properties.review.anyOf[1].properties.by,data:data11};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(func1(data11) < 1){
const err30 = {instancePath:instancePath+"/spec/review/by",schemaPath:"#/properties/spec/properties/review/anyOf/1/properties/by/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema20.properties.spec.properties.review.anyOf[1].properties.by,data:data11};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/spec/review/by",schemaPath:"#/properties/spec/properties/review/anyOf/1/properties/by/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.spec.properties.review.anyOf[1].properties.by.type,parentSchema:schema20.properties.spec.properties.review.anyOf[1].properties.by,data:data11};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data10.at !== undefined){
let data12 = data10.at;
if(typeof data12 === "string"){
if(func1(data12) > 10){
const err32 = {instancePath:instancePath+"/spec/review/at",schemaPath:"#/properties/spec/properties/review/anyOf/1/properties/at/maxLength",keyword:"maxLength",params:{limit: 10},message:"must NOT have more than 10 characters",schema:10,parentSchema:schema20.properties.spec.properties.review.anyOf[1].properties.at,data:data12};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(func1(data12) < 1){
const err33 = {instancePath:instancePath+"/spec/review/at",schemaPath:"#/properties/spec/properties/review/anyOf/1/properties/at/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema20.properties.spec.properties.review.anyOf[1].properties.at,data:data12};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(!pattern6.test(data12)){
const err34 = {instancePath:instancePath+"/spec/review/at",schemaPath:"#/properties/spec/properties/review/anyOf/1/properties/at/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},message:"must match pattern \""+"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"+"\"",schema:"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",parentSchema:schema20.properties.spec.properties.review.anyOf[1].properties.at,data:data12};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
else {
const err35 = {instancePath:instancePath+"/spec/review/at",schemaPath:"#/properties/spec/properties/review/anyOf/1/properties/at/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.spec.properties.review.anyOf[1].properties.at.type,parentSchema:schema20.properties.spec.properties.review.anyOf[1].properties.at,data:data12};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
else {
const err36 = {instancePath:instancePath+"/spec/review",schemaPath:"#/properties/spec/properties/review/anyOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema20.properties.spec.properties.review.anyOf[1].type,parentSchema:schema20.properties.spec.properties.review.anyOf[1],data:data10};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
var _valid0 = _errs21 === errors;
valid2 = valid2 || _valid0;
if(!valid2){
const err37 = {instancePath:instancePath+"/spec/review",schemaPath:"#/properties/spec/properties/review/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema20.properties.spec.properties.review.anyOf,parentSchema:schema20.properties.spec.properties.review,data:data10};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
else {
errors = _errs19;
if(vErrors !== null){
if(_errs19){
vErrors.length = _errs19;
}
else {
vErrors = null;
}
}
}
}
if(data3.note !== undefined){
if(!(validate64(data3.note, {instancePath:instancePath+"/spec/note",parentData:data3,parentDataProperty:"note",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
errors = vErrors.length;
}
}
}
else {
const err38 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema20.properties.spec.type,parentSchema:schema20.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
}
else {
const err39 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema20.type,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
validate53.errors = vErrors;
return errors === 0;
}
validate53.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const validateControlFamily = validate66;
const schema27 = {"title":"ControlFamily","description":"Controls of a framework that belong together, and which checks look at each.","type":"object","additionalProperties":false,"required":["apiVersion","kind","metadata","spec"],"properties":{"apiVersion":{"$ref":"#/$defs/apiVersion"},"kind":{"description":"The kind of document.","const":"ControlFamily"},"metadata":{"$ref":"#/$defs/metadata"},"spec":{"title":"ControlFamilySpec","description":"The family's title and its controls.","type":"object","additionalProperties":false,"required":["title","controls"],"properties":{"title":{"description":"The family's title, for people.","$ref":"#/$defs/title"},"order":{"description":"Its place among the framework's families, where the numbers of the controls do not show it.","type":"integer","minimum":1,"maximum":500},"controls":{"description":"The controls, in the framework's order.","type":"array","minItems":1,"maxItems":500,"items":{"title":"Control","description":"One control: what the framework asks.","type":"object","additionalProperties":false,"required":["id","title","nature","requirement"],"properties":{"id":{"description":"The framework's own number for it, such as 164.312(a)(1).","type":"string","maxLength":64,"pattern":"^[A-Za-z0-9][A-Za-z0-9.()_-]*(?: [A-Za-z0-9.()_-]+)*$"},"title":{"description":"What it asks, in our words.","$ref":"#/$defs/title"},"nature":{"description":"What can show it: a look at a host, the organisation's papers, a place, or a third party.","enum":["host","organisational","physical","third-party"]},"requirement":{"description":"required; addressable: to be met or reasoned about; or optional: asked only of some, or chosen by the organisation.","enum":["required","addressable","optional"]},"level":{"description":"The maturity level that asks for it, where the framework has levels.","enum":[1,2,3]},"checks":{"description":"The checks that look at part of it.","type":"array","minItems":1,"maxItems":64,"uniqueItems":true,"items":{"type":"string","$ref":"#/$defs/name"}},"shown":{"description":"What shows a control that no check looks at. attested: a person who answers for it states it. not-assessed: nothing in this product. Beside checks it has no place.","enum":["attested","not-assessed"]},"note":{"description":"What the checks do not cover, for people.","$ref":"#/$defs/prose"}}}}}}}};
const pattern8 = new RegExp("^[A-Za-z0-9][A-Za-z0-9.()_-]*(?: [A-Za-z0-9.()_-]+)*$", "u");

function validate66(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate66.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema27.required,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema27.required,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'",schema:schema27.required,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'",schema:schema27.required,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.apiVersion !== undefined){
if(!(validate54(data.apiVersion, {instancePath:instancePath+"/apiVersion",parentData:data,parentDataProperty:"apiVersion",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("ControlFamily" !== data1){
const err5 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "ControlFamily"},message:"must be equal to constant",schema:"ControlFamily",parentSchema:schema27.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate56(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
let data3 = data.spec;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.title === undefined){
const err6 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "title"},message:"must have required property '"+"title"+"'",schema:schema27.properties.spec.required,parentSchema:schema27.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data3.controls === undefined){
const err7 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "controls"},message:"must have required property '"+"controls"+"'",schema:schema27.properties.spec.required,parentSchema:schema27.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
for(const key1 in data3){
if(!(((key1 === "title") || (key1 === "order")) || (key1 === "controls"))){
const err8 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema27.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data3.title !== undefined){
if(!(validate62(data3.title, {instancePath:instancePath+"/spec/title",parentData:data3,parentDataProperty:"title",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data3.order !== undefined){
let data5 = data3.order;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err9 = {instancePath:instancePath+"/spec/order",schemaPath:"#/properties/spec/properties/order/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema27.properties.spec.properties.order.type,parentSchema:schema27.properties.spec.properties.order,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 500 || isNaN(data5)){
const err10 = {instancePath:instancePath+"/spec/order",schemaPath:"#/properties/spec/properties/order/maximum",keyword:"maximum",params:{comparison: "<=", limit: 500},message:"must be <= 500",schema:500,parentSchema:schema27.properties.spec.properties.order,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data5 < 1 || isNaN(data5)){
const err11 = {instancePath:instancePath+"/spec/order",schemaPath:"#/properties/spec/properties/order/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema27.properties.spec.properties.order,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
if(data3.controls !== undefined){
let data6 = data3.controls;
if(Array.isArray(data6)){
if(data6.length > 500){
const err12 = {instancePath:instancePath+"/spec/controls",schemaPath:"#/properties/spec/properties/controls/maxItems",keyword:"maxItems",params:{limit: 500},message:"must NOT have more than 500 items",schema:500,parentSchema:schema27.properties.spec.properties.controls,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data6.length < 1){
const err13 = {instancePath:instancePath+"/spec/controls",schemaPath:"#/properties/spec/properties/controls/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema27.properties.spec.properties.controls,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(data7.id === undefined){
const err14 = {instancePath:instancePath+"/spec/controls/" + i0,schemaPath:"#/properties/spec/properties/controls/items/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'",schema:schema27.properties.spec.properties.controls.items.required,parentSchema:schema27.properties.spec.properties.controls.items,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data7.title === undefined){
const err15 = {instancePath:instancePath+"/spec/controls/" + i0,schemaPath:"#/properties/spec/properties/controls/items/required",keyword:"required",params:{missingProperty: "title"},message:"must have required property '"+"title"+"'",schema:schema27.properties.spec.properties.controls.items.required,parentSchema:schema27.properties.spec.properties.controls.items,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data7.nature === undefined){
const err16 = {instancePath:instancePath+"/spec/controls/" + i0,schemaPath:"#/properties/spec/properties/controls/items/required",keyword:"required",params:{missingProperty: "nature"},message:"must have required property '"+"nature"+"'",schema:schema27.properties.spec.properties.controls.items.required,parentSchema:schema27.properties.spec.properties.controls.items,data:data7};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data7.requirement === undefined){
const err17 = {instancePath:instancePath+"/spec/controls/" + i0,schemaPath:"#/properties/spec/properties/controls/items/required",keyword:"required",params:{missingProperty: "requirement"},message:"must have required property '"+"requirement"+"'",schema:schema27.properties.spec.properties.controls.items.required,parentSchema:schema27.properties.spec.properties.controls.items,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
for(const key2 in data7){
if(!((((((((key2 === "id") || (key2 === "title")) || (key2 === "nature")) || (key2 === "requirement")) || (key2 === "level")) || (key2 === "checks")) || (key2 === "shown")) || (key2 === "note"))){
const err18 = {instancePath:instancePath+"/spec/controls/" + i0,schemaPath:"#/properties/spec/properties/controls/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema27.properties.spec.properties.controls.items,data:data7};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data7.id !== undefined){
let data8 = data7.id;
if(typeof data8 === "string"){
if(func1(data8) > 64){
const err19 = {instancePath:instancePath+"/spec/controls/" + i0+"/id",schemaPath:"#/properties/spec/properties/controls/items/properties/id/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters",schema:64,parentSchema:schema27.properties.spec.properties.controls.items.properties.id,data:data8};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(!pattern8.test(data8)){
const err20 = {instancePath:instancePath+"/spec/controls/" + i0+"/id",schemaPath:"#/properties/spec/properties/controls/items/properties/id/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9.()_-]*(?: [A-Za-z0-9.()_-]+)*$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9.()_-]*(?: [A-Za-z0-9.()_-]+)*$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9.()_-]*(?: [A-Za-z0-9.()_-]+)*$",parentSchema:schema27.properties.spec.properties.controls.items.properties.id,data:data8};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/spec/controls/" + i0+"/id",schemaPath:"#/properties/spec/properties/controls/items/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.properties.spec.properties.controls.items.properties.id.type,parentSchema:schema27.properties.spec.properties.controls.items.properties.id,data:data8};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data7.title !== undefined){
if(!(validate62(data7.title, {instancePath:instancePath+"/spec/controls/" + i0+"/title",parentData:data7,parentDataProperty:"title",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data7.nature !== undefined){
let data10 = data7.nature;
if(!((((data10 === "host") || (data10 === "organisational")) || (data10 === "physical")) || (data10 === "third-party"))){
const err22 = {instancePath:instancePath+"/spec/controls/" + i0+"/nature",schemaPath:"#/properties/spec/properties/controls/items/properties/nature/enum",keyword:"enum",params:{allowedValues: schema27.properties.spec.properties.controls.items.properties.nature.enum},message:"must be equal to one of the allowed values",schema:schema27.properties.spec.properties.controls.items.properties.nature.enum,parentSchema:schema27.properties.spec.properties.controls.items.properties.nature,data:data10};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data7.requirement !== undefined){
let data11 = data7.requirement;
if(!(((data11 === "required") || (data11 === "addressable")) || (data11 === "optional"))){
const err23 = {instancePath:instancePath+"/spec/controls/" + i0+"/requirement",schemaPath:"#/properties/spec/properties/controls/items/properties/requirement/enum",keyword:"enum",params:{allowedValues: schema27.properties.spec.properties.controls.items.properties.requirement.enum},message:"must be equal to one of the allowed values",schema:schema27.properties.spec.properties.controls.items.properties.requirement.enum,parentSchema:schema27.properties.spec.properties.controls.items.properties.requirement,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data7.level !== undefined){
let data12 = data7.level;
if(!(((data12 === 1) || (data12 === 2)) || (data12 === 3))){
const err24 = {instancePath:instancePath+"/spec/controls/" + i0+"/level",schemaPath:"#/properties/spec/properties/controls/items/properties/level/enum",keyword:"enum",params:{allowedValues: schema27.properties.spec.properties.controls.items.properties.level.enum},message:"must be equal to one of the allowed values",schema:schema27.properties.spec.properties.controls.items.properties.level.enum,parentSchema:schema27.properties.spec.properties.controls.items.properties.level,data:data12};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data7.checks !== undefined){
let data13 = data7.checks;
if(Array.isArray(data13)){
if(data13.length > 64){
const err25 = {instancePath:instancePath+"/spec/controls/" + i0+"/checks",schemaPath:"#/properties/spec/properties/controls/items/properties/checks/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items",schema:64,parentSchema:schema27.properties.spec.properties.controls.items.properties.checks,data:data13};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(data13.length < 1){
const err26 = {instancePath:instancePath+"/spec/controls/" + i0+"/checks",schemaPath:"#/properties/spec/properties/controls/items/properties/checks/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema27.properties.spec.properties.controls.items.properties.checks,data:data13};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
const len1 = data13.length;
for(let i1=0; i1<len1; i1++){
let data14 = data13[i1];
if(typeof data14 !== "string"){
const err27 = {instancePath:instancePath+"/spec/controls/" + i0+"/checks/" + i1,schemaPath:"#/properties/spec/properties/controls/items/properties/checks/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.properties.spec.properties.controls.items.properties.checks.items.type,parentSchema:schema27.properties.spec.properties.controls.items.properties.checks.items,data:data14};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(!(validate57(data14, {instancePath:instancePath+"/spec/controls/" + i0+"/checks/" + i1,parentData:data13,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
let i2 = data13.length;
let j0;
if(i2 > 1){
const indices0 = {};
for(;i2--;){
let item0 = data13[i2];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err28 = {instancePath:instancePath+"/spec/controls/" + i0+"/checks",schemaPath:"#/properties/spec/properties/controls/items/properties/checks/uniqueItems",keyword:"uniqueItems",params:{i: i2, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i2+" are identical)",schema:true,parentSchema:schema27.properties.spec.properties.controls.items.properties.checks,data:data13};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
break;
}
indices0[item0] = i2;
}
}
}
else {
const err29 = {instancePath:instancePath+"/spec/controls/" + i0+"/checks",schemaPath:"#/properties/spec/properties/controls/items/properties/checks/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema27.properties.spec.properties.controls.items.properties.checks.type,parentSchema:schema27.properties.spec.properties.controls.items.properties.checks,data:data13};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data7.shown !== undefined){
let data15 = data7.shown;
if(!((data15 === "attested") || (data15 === "not-assessed"))){
const err30 = {instancePath:instancePath+"/spec/controls/" + i0+"/shown",schemaPath:"#/properties/spec/properties/controls/items/properties/shown/enum",keyword:"enum",params:{allowedValues: schema27.properties.spec.properties.controls.items.properties.shown.enum},message:"must be equal to one of the allowed values",schema:schema27.properties.spec.properties.controls.items.properties.shown.enum,parentSchema:schema27.properties.spec.properties.controls.items.properties.shown,data:data15};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data7.note !== undefined){
if(!(validate64(data7.note, {instancePath:instancePath+"/spec/controls/" + i0+"/note",parentData:data7,parentDataProperty:"note",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
errors = vErrors.length;
}
}
}
else {
const err31 = {instancePath:instancePath+"/spec/controls/" + i0,schemaPath:"#/properties/spec/properties/controls/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema27.properties.spec.properties.controls.items.type,parentSchema:schema27.properties.spec.properties.controls.items,data:data7};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath:instancePath+"/spec/controls",schemaPath:"#/properties/spec/properties/controls/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema27.properties.spec.properties.controls.type,parentSchema:schema27.properties.spec.properties.controls,data:data6};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema27.properties.spec.type,parentSchema:schema27.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
else {
const err34 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema27.type,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
validate66.errors = vErrors;
return errors === 0;
}
validate66.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const validatePreset = validate73;
const schema28 = {"title":"Preset","description":"A set of frameworks that sites of one kind mostly follow, chosen by its name.","type":"object","additionalProperties":false,"required":["apiVersion","kind","metadata","spec"],"properties":{"apiVersion":{"$ref":"#/$defs/apiVersion"},"kind":{"description":"The kind of document.","const":"Preset"},"metadata":{"$ref":"#/$defs/metadata"},"spec":{"title":"PresetSpec","description":"Which frameworks, for whom and why.","type":"object","additionalProperties":false,"required":["title","frameworks","note"],"properties":{"title":{"description":"For which sites it is meant, for people.","$ref":"#/$defs/title"},"frameworks":{"description":"The frameworks that a site with this preset follows.","type":"array","minItems":1,"maxItems":32,"uniqueItems":true,"items":{"type":"string","$ref":"#/$defs/name"}},"note":{"description":"Why these frameworks, and what to think about before choosing them.","$ref":"#/$defs/prose"}}}}};

function validate73(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate73.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema28.required,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema28.required,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'",schema:schema28.required,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'",schema:schema28.required,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.apiVersion !== undefined){
if(!(validate54(data.apiVersion, {instancePath:instancePath+"/apiVersion",parentData:data,parentDataProperty:"apiVersion",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("Preset" !== data1){
const err5 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "Preset"},message:"must be equal to constant",schema:"Preset",parentSchema:schema28.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate56(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
let data3 = data.spec;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.title === undefined){
const err6 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "title"},message:"must have required property '"+"title"+"'",schema:schema28.properties.spec.required,parentSchema:schema28.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data3.frameworks === undefined){
const err7 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "frameworks"},message:"must have required property '"+"frameworks"+"'",schema:schema28.properties.spec.required,parentSchema:schema28.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data3.note === undefined){
const err8 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "note"},message:"must have required property '"+"note"+"'",schema:schema28.properties.spec.required,parentSchema:schema28.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
for(const key1 in data3){
if(!(((key1 === "title") || (key1 === "frameworks")) || (key1 === "note"))){
const err9 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema28.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data3.title !== undefined){
if(!(validate62(data3.title, {instancePath:instancePath+"/spec/title",parentData:data3,parentDataProperty:"title",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data3.frameworks !== undefined){
let data5 = data3.frameworks;
if(Array.isArray(data5)){
if(data5.length > 32){
const err10 = {instancePath:instancePath+"/spec/frameworks",schemaPath:"#/properties/spec/properties/frameworks/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema28.properties.spec.properties.frameworks,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data5.length < 1){
const err11 = {instancePath:instancePath+"/spec/frameworks",schemaPath:"#/properties/spec/properties/frameworks/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema28.properties.spec.properties.frameworks,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(typeof data6 !== "string"){
const err12 = {instancePath:instancePath+"/spec/frameworks/" + i0,schemaPath:"#/properties/spec/properties/frameworks/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema28.properties.spec.properties.frameworks.items.type,parentSchema:schema28.properties.spec.properties.frameworks.items,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(!(validate57(data6, {instancePath:instancePath+"/spec/frameworks/" + i0,parentData:data5,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
let i1 = data5.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data5[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err13 = {instancePath:instancePath+"/spec/frameworks",schemaPath:"#/properties/spec/properties/frameworks/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema28.properties.spec.properties.frameworks,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err14 = {instancePath:instancePath+"/spec/frameworks",schemaPath:"#/properties/spec/properties/frameworks/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema28.properties.spec.properties.frameworks.type,parentSchema:schema28.properties.spec.properties.frameworks,data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data3.note !== undefined){
if(!(validate64(data3.note, {instancePath:instancePath+"/spec/note",parentData:data3,parentDataProperty:"note",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
errors = vErrors.length;
}
}
}
else {
const err15 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema28.properties.spec.type,parentSchema:schema28.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema28.type,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
validate73.errors = vErrors;
return errors === 0;
}
validate73.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const validateCheck = validate79;
const schema29 = {"title":"Check","description":"A way to look at a host.","type":"object","additionalProperties":false,"required":["apiVersion","kind","metadata","spec"],"properties":{"apiVersion":{"$ref":"#/$defs/apiVersion"},"kind":{"description":"The kind of document.","const":"Check"},"metadata":{"$ref":"#/$defs/metadata"},"spec":{"$ref":"#/$defs/checkSpec"}}};
const schema30 = {"title":"CheckSpec","description":"A way to look at a host: what is read, what must hold, what may be recorded.","type":"object","additionalProperties":false,"required":["title","rationale","platforms","interval","severity","collect","parse","assert","expected","record"],"properties":{"title":{"description":"What the check asks, for people.","$ref":"#/$defs/title"},"rationale":{"description":"Why it matters, for people.","$ref":"#/$defs/prose"},"platforms":{"$ref":"#/$defs/platforms"},"interval":{"description":"How often it runs; a site's cadence goes before it.","$ref":"#/$defs/duration"},"severity":{"description":"How bad a fail is.","enum":["low","medium","high","critical"]},"collect":{"$ref":"#/$defs/collect"},"parse":{"description":"How it becomes facts. A collector other than file, files, argv and program has one way, of its own name.","enum":["sshd-config","sudoers","sysctl-dirs","login-defs","shell-variables","systemd-config","apt-config","key-value","ini","json","lines","mounts","age","mode","service","port","sysctl","certificate","package"]},"defaults":{"description":"What the program uses when no file says, by key as the parser writes it.","type":"object","maxProperties":64,"propertyNames":{"pattern":"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$"},"additionalProperties":{"description":"The program's own default.","type":"string","maxLength":1024}},"applicable":{"description":"When false, the verdict is not_applicable.","$ref":"#/$defs/cel"},"assert":{"description":"What must hold; must give a boolean.","$ref":"#/$defs/cel"},"expected":{"description":"What must hold, in words.","type":"string","minLength":1,"maxLength":300},"byHand":{"description":"Why no rule heals it and a person acts instead, for people. A check that says so has no rule of the agent's.","type":"string","minLength":1,"maxLength":600,"pattern":"^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]*$"},"record":{"description":"The closed list of values that may enter evidence.","type":"object","minProperties":1,"maxProperties":32,"propertyNames":{"pattern":"^[a-z][A-Za-z0-9_]{0,47}$"},"additionalProperties":{"$ref":"#/$defs/recordField"}}},"allOf":[{"if":{"properties":{"collect":{"required":["file"]}}},"then":{"properties":{"parse":{"enum":["sshd-config","sudoers","sysctl-dirs","login-defs","shell-variables","systemd-config","apt-config","key-value","ini","json","lines","mounts"]}}}},{"if":{"properties":{"collect":{"required":["files"]}}},"then":{"properties":{"parse":{"enum":["sshd-config","sudoers","sysctl-dirs","login-defs","shell-variables","systemd-config","apt-config","key-value","ini","json","lines","age"]}}}},{"if":{"properties":{"collect":{"required":["argv"]}}},"then":{"properties":{"parse":{"enum":["lines","key-value","ini","json"]}}}},{"if":{"properties":{"collect":{"required":["program"]}}},"then":{"properties":{"parse":{"enum":["lines","key-value"]}}}},{"if":{"properties":{"collect":{"required":["mode"]}}},"then":{"properties":{"parse":{"const":"mode"}}}},{"if":{"properties":{"collect":{"required":["service"]}}},"then":{"properties":{"parse":{"const":"service"}}}},{"if":{"properties":{"collect":{"required":["port"]}}},"then":{"properties":{"parse":{"const":"port"}}}},{"if":{"properties":{"collect":{"required":["sysctl"]}}},"then":{"properties":{"parse":{"const":"sysctl"}}}},{"if":{"properties":{"collect":{"required":["certificate"]}}},"then":{"properties":{"parse":{"const":"certificate"}}}},{"if":{"properties":{"collect":{"required":["package"]}}},"then":{"properties":{"parse":{"const":"package"}}}}]};
const func18 = Object.prototype.hasOwnProperty;
const schema31 = {"description":"The operating systems it is meant for.","type":"array","minItems":1,"maxItems":3,"uniqueItems":true,"items":{"type":"string","$ref":"#/$defs/platform"}};
const schema32 = {"description":"An operating system.","enum":["linux","windows","macos"]};

function validate86(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate86.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(((data === "linux") || (data === "windows")) || (data === "macos"))){
const err0 = {instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema32.enum},message:"must be equal to one of the allowed values",schema:schema32.enum,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate86.errors = vErrors;
return errors === 0;
}
validate86.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate85(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate85.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
if(data.length > 3){
const err0 = {instancePath,schemaPath:"#/maxItems",keyword:"maxItems",params:{limit: 3},message:"must NOT have more than 3 items",schema:3,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.length < 1){
const err1 = {instancePath,schemaPath:"#/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.items.type,parentSchema:schema31.items,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!(validate86(data0, {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
let i1 = data.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err3 = {instancePath,schemaPath:"#/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate85.errors = vErrors;
return errors === 0;
}
validate85.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema33 = {"description":"A length of time above zero: a whole number and a unit, such as 30s, 5m, 4h or 7d.","type":"string","pattern":"^[1-9][0-9]{0,4}[smhd]$"};
const pattern9 = new RegExp("^[1-9][0-9]{0,4}[smhd]$", "u");

function validate89(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate89.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern9.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,4}[smhd]$"},message:"must match pattern \""+"^[1-9][0-9]{0,4}[smhd]$"+"\"",schema:"^[1-9][0-9]{0,4}[smhd]$",parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate89.errors = vErrors;
return errors === 0;
}
validate89.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema34 = {"description":"Where the facts come from: exactly one of its members.","type":"object","additionalProperties":false,"minProperties":1,"maxProperties":1,"properties":{"file":{"description":"The text of one file, and of those it includes when the parser follows them.","type":"object","additionalProperties":false,"required":["path"],"properties":{"path":{"$ref":"#/$defs/absolutePath"}}},"files":{"description":"The text of several files, sorted by path.","type":"object","additionalProperties":false,"required":["globs"],"properties":{"globs":{"description":"Which files; one that matches nothing is no error.","type":"array","minItems":1,"maxItems":16,"items":{"$ref":"#/$defs/absoluteGlob"}}}},"mode":{"description":"Type, owner and permission bits of files, never their content.","type":"object","additionalProperties":false,"required":["paths"],"properties":{"paths":{"description":"Which files.","type":"array","minItems":1,"maxItems":16,"items":{"$ref":"#/$defs/absolutePath"}}}},"argv":{"description":"The output of a program. This is code: the appliance's own ceiling must allow it.","type":"object","additionalProperties":false,"required":["argv"],"properties":{"argv":{"$ref":"#/$defs/argv"}}},"program":{"description":"The output of a program this version looks with itself. Its arguments are fixed and it only reads, so it is no code of this document's.","type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"description":"Which look: how full local file systems are, what apt would upgrade, whether the clock is synchronised, which files below /etc everybody may write, whose files of cron and systemd others may write, which programs run as their owner (SUID), which home folders others may enter, whether accounts have a password and how long it lasts, how many units of systemd have failed, which files of the packages that guard a host were changed, who may read the private keys of services.","enum":["disk-usage","pending-updates","clock","etc-world-writable","failed-units","package-files","cron-files","systemd-units","suid-files","home-folders","account-status","certificate-keys"]}}},"service":{"description":"The state of units, as systemd says.","type":"object","additionalProperties":false,"required":["units"],"properties":{"units":{"description":"Which units, with their endings, such as cron.service.","type":"array","minItems":1,"maxItems":32,"uniqueItems":true,"items":{"type":"string","$ref":"#/$defs/unit"}}}},"port":{"description":"Sockets that wait for others, as the kernel lists them below /proc/net.","type":"object","additionalProperties":false,"required":["protocols"],"properties":{"protocols":{"description":"Which protocols, each over IPv4 and IPv6.","type":"array","minItems":1,"maxItems":2,"uniqueItems":true,"items":{"type":"string","description":"A protocol.","enum":["tcp","udp"]}}}},"sysctl":{"description":"Values of the running kernel, below /proc/sys.","type":"object","additionalProperties":false,"required":["keys"],"properties":{"keys":{"description":"Which values, with dots, such as kernel.randomize_va_space.","type":"array","minItems":1,"maxItems":32,"uniqueItems":true,"items":{"type":"string","$ref":"#/$defs/sysctlKey"}}}},"certificate":{"description":"Dates, key and kind of the certificates in PEM files. Whom they name is not looked at, and a key in the same file is passed over.","type":"object","additionalProperties":false,"required":["globs"],"properties":{"globs":{"description":"Which files; one that matches nothing is no error.","type":"array","minItems":1,"maxItems":16,"items":{"$ref":"#/$defs/absoluteGlob"}}}},"package":{"description":"Whether Debian packages are installed, as dpkg says.","type":"object","additionalProperties":false,"required":["names"],"properties":{"names":{"description":"Which packages.","type":"array","minItems":1,"maxItems":32,"uniqueItems":true,"items":{"type":"string","$ref":"#/$defs/packageName"}}}}}};
const schema35 = {"description":"An absolute path without `.` or `..`.","type":"string","maxLength":512,"pattern":"^(?:/(?!\\.{1,2}(?:/|$))[^/\\u0000-\\u001f]+)+$"};
const pattern10 = new RegExp("^(?:/(?!\\.{1,2}(?:/|$))[^/\\u0000-\\u001f]+)+$", "u");

function validate92(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate92.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 512){
const err0 = {instancePath,schemaPath:"#/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters",schema:512,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern10.test(data)){
const err1 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(?:/(?!\\.{1,2}(?:/|$))[^/\\u0000-\\u001f]+)+$"},message:"must match pattern \""+"^(?:/(?!\\.{1,2}(?:/|$))[^/\\u0000-\\u001f]+)+$"+"\"",schema:"^(?:/(?!\\.{1,2}(?:/|$))[^/\\u0000-\\u001f]+)+$",parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.type,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate92.errors = vErrors;
return errors === 0;
}
validate92.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema36 = {"description":"An absolute path without `.` or `..`; * and ? are allowed in its last component only.","type":"string","maxLength":512,"pattern":"^(?:/(?!\\.{1,2}/)[^/*?\\u0000-\\u001f]+)*/(?!\\.{1,2}$)[^/\\u0000-\\u001f]+$"};
const pattern11 = new RegExp("^(?:/(?!\\.{1,2}/)[^/*?\\u0000-\\u001f]+)*/(?!\\.{1,2}$)[^/\\u0000-\\u001f]+$", "u");

function validate94(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate94.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 512){
const err0 = {instancePath,schemaPath:"#/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters",schema:512,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern11.test(data)){
const err1 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(?:/(?!\\.{1,2}/)[^/*?\\u0000-\\u001f]+)*/(?!\\.{1,2}$)[^/\\u0000-\\u001f]+$"},message:"must match pattern \""+"^(?:/(?!\\.{1,2}/)[^/*?\\u0000-\\u001f]+)*/(?!\\.{1,2}$)[^/\\u0000-\\u001f]+$"+"\"",schema:"^(?:/(?!\\.{1,2}/)[^/*?\\u0000-\\u001f]+)*/(?!\\.{1,2}$)[^/\\u0000-\\u001f]+$",parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.type,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate94.errors = vErrors;
return errors === 0;
}
validate94.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema37 = {"description":"A program by its absolute path, and its arguments. No shell is involved.","type":"array","minItems":1,"maxItems":64,"items":{"description":"One argument.","type":"string","maxLength":1024}};

function validate97(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate97.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
if(data.length > 64){
const err0 = {instancePath,schemaPath:"#/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items",schema:64,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.length < 1){
const err1 = {instancePath,schemaPath:"#/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 === "string"){
if(func1(data0) > 1024){
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema37.items,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema37.items.type,parentSchema:schema37.items,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema37.type,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate97.errors = vErrors;
return errors === 0;
}
validate97.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema38 = {"description":"A systemd unit with its ending.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9@:._-]{0,119}\\.(?:service|socket|timer|target|mount|path)$"};
const pattern12 = new RegExp("^[A-Za-z0-9][A-Za-z0-9@:._-]{0,119}\\.(?:service|socket|timer|target|mount|path)$", "u");

function validate99(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate99.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern12.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9@:._-]{0,119}\\.(?:service|socket|timer|target|mount|path)$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9@:._-]{0,119}\\.(?:service|socket|timer|target|mount|path)$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9@:._-]{0,119}\\.(?:service|socket|timer|target|mount|path)$",parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.type,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate99.errors = vErrors;
return errors === 0;
}
validate99.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema39 = {"description":"A kernel value's name, its parts separated by dots.","type":"string","maxLength":128,"pattern":"^[a-z0-9_-]+(?:\\.[a-z0-9_-]+)+$"};
const pattern13 = new RegExp("^[a-z0-9_-]+(?:\\.[a-z0-9_-]+)+$", "u");

function validate101(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate101.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 128){
const err0 = {instancePath,schemaPath:"#/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters",schema:128,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern13.test(data)){
const err1 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9_-]+(?:\\.[a-z0-9_-]+)+$"},message:"must match pattern \""+"^[a-z0-9_-]+(?:\\.[a-z0-9_-]+)+$"+"\"",schema:"^[a-z0-9_-]+(?:\\.[a-z0-9_-]+)+$",parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.type,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate101.errors = vErrors;
return errors === 0;
}
validate101.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema40 = {"description":"The name of a Debian package.","type":"string","pattern":"^[a-z0-9][a-z0-9+.-]{1,127}$"};
const pattern14 = new RegExp("^[a-z0-9][a-z0-9+.-]{1,127}$", "u");

function validate104(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate104.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern14.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9+.-]{1,127}$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9+.-]{1,127}$"+"\"",schema:"^[a-z0-9][a-z0-9+.-]{1,127}$",parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema40.type,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate104.errors = vErrors;
return errors === 0;
}
validate104.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate91(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate91.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err0 = {instancePath,schemaPath:"#/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties",schema:1,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(Object.keys(data).length < 1){
const err1 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func18.call(schema34.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.file !== undefined){
let data0 = data.file;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.path === undefined){
const err3 = {instancePath:instancePath+"/file",schemaPath:"#/properties/file/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'",schema:schema34.properties.file.required,parentSchema:schema34.properties.file,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key1 in data0){
if(!(key1 === "path")){
const err4 = {instancePath:instancePath+"/file",schemaPath:"#/properties/file/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema34.properties.file,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data0.path !== undefined){
if(!(validate92(data0.path, {instancePath:instancePath+"/file/path",parentData:data0,parentDataProperty:"path",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate92.errors : vErrors.concat(validate92.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath:instancePath+"/file",schemaPath:"#/properties/file/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.properties.file.type,parentSchema:schema34.properties.file,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.files !== undefined){
let data2 = data.files;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.globs === undefined){
const err6 = {instancePath:instancePath+"/files",schemaPath:"#/properties/files/required",keyword:"required",params:{missingProperty: "globs"},message:"must have required property '"+"globs"+"'",schema:schema34.properties.files.required,parentSchema:schema34.properties.files,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
for(const key2 in data2){
if(!(key2 === "globs")){
const err7 = {instancePath:instancePath+"/files",schemaPath:"#/properties/files/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema34.properties.files,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data2.globs !== undefined){
let data3 = data2.globs;
if(Array.isArray(data3)){
if(data3.length > 16){
const err8 = {instancePath:instancePath+"/files/globs",schemaPath:"#/properties/files/properties/globs/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema34.properties.files.properties.globs,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data3.length < 1){
const err9 = {instancePath:instancePath+"/files/globs",schemaPath:"#/properties/files/properties/globs/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema34.properties.files.properties.globs,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
if(!(validate94(data3[i0], {instancePath:instancePath+"/files/globs/" + i0,parentData:data3,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
errors = vErrors.length;
}
}
}
else {
const err10 = {instancePath:instancePath+"/files/globs",schemaPath:"#/properties/files/properties/globs/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema34.properties.files.properties.globs.type,parentSchema:schema34.properties.files.properties.globs,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath:instancePath+"/files",schemaPath:"#/properties/files/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.properties.files.type,parentSchema:schema34.properties.files,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.mode !== undefined){
let data5 = data.mode;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.paths === undefined){
const err12 = {instancePath:instancePath+"/mode",schemaPath:"#/properties/mode/required",keyword:"required",params:{missingProperty: "paths"},message:"must have required property '"+"paths"+"'",schema:schema34.properties.mode.required,parentSchema:schema34.properties.mode,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
for(const key3 in data5){
if(!(key3 === "paths")){
const err13 = {instancePath:instancePath+"/mode",schemaPath:"#/properties/mode/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema34.properties.mode,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data5.paths !== undefined){
let data6 = data5.paths;
if(Array.isArray(data6)){
if(data6.length > 16){
const err14 = {instancePath:instancePath+"/mode/paths",schemaPath:"#/properties/mode/properties/paths/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema34.properties.mode.properties.paths,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data6.length < 1){
const err15 = {instancePath:instancePath+"/mode/paths",schemaPath:"#/properties/mode/properties/paths/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema34.properties.mode.properties.paths,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
if(!(validate92(data6[i1], {instancePath:instancePath+"/mode/paths/" + i1,parentData:data6,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate92.errors : vErrors.concat(validate92.errors);
errors = vErrors.length;
}
}
}
else {
const err16 = {instancePath:instancePath+"/mode/paths",schemaPath:"#/properties/mode/properties/paths/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema34.properties.mode.properties.paths.type,parentSchema:schema34.properties.mode.properties.paths,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
else {
const err17 = {instancePath:instancePath+"/mode",schemaPath:"#/properties/mode/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.properties.mode.type,parentSchema:schema34.properties.mode,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.argv !== undefined){
let data8 = data.argv;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.argv === undefined){
const err18 = {instancePath:instancePath+"/argv",schemaPath:"#/properties/argv/required",keyword:"required",params:{missingProperty: "argv"},message:"must have required property '"+"argv"+"'",schema:schema34.properties.argv.required,parentSchema:schema34.properties.argv,data:data8};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
for(const key4 in data8){
if(!(key4 === "argv")){
const err19 = {instancePath:instancePath+"/argv",schemaPath:"#/properties/argv/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema34.properties.argv,data:data8};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data8.argv !== undefined){
if(!(validate97(data8.argv, {instancePath:instancePath+"/argv/argv",parentData:data8,parentDataProperty:"argv",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate97.errors : vErrors.concat(validate97.errors);
errors = vErrors.length;
}
}
}
else {
const err20 = {instancePath:instancePath+"/argv",schemaPath:"#/properties/argv/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.properties.argv.type,parentSchema:schema34.properties.argv,data:data8};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.program !== undefined){
let data10 = data.program;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.name === undefined){
const err21 = {instancePath:instancePath+"/program",schemaPath:"#/properties/program/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema34.properties.program.required,parentSchema:schema34.properties.program,data:data10};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
for(const key5 in data10){
if(!(key5 === "name")){
const err22 = {instancePath:instancePath+"/program",schemaPath:"#/properties/program/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema34.properties.program,data:data10};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data10.name !== undefined){
let data11 = data10.name;
if(!((((((((((((data11 === "disk-usage") || (data11 === "pending-updates")) || (data11 === "clock")) || (data11 === "etc-world-writable")) || (data11 === "failed-units")) || (data11 === "package-files")) || (data11 === "cron-files")) || (data11 === "systemd-units")) || (data11 === "suid-files")) || (data11 === "home-folders")) || (data11 === "account-status")) || (data11 === "certificate-keys"))){
const err23 = {instancePath:instancePath+"/program/name",schemaPath:"#/properties/program/properties/name/enum",keyword:"enum",params:{allowedValues: schema34.properties.program.properties.name.enum},message:"must be equal to one of the allowed values",schema:schema34.properties.program.properties.name.enum,parentSchema:schema34.properties.program.properties.name,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath:instancePath+"/program",schemaPath:"#/properties/program/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.properties.program.type,parentSchema:schema34.properties.program,data:data10};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.service !== undefined){
let data12 = data.service;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(data12.units === undefined){
const err25 = {instancePath:instancePath+"/service",schemaPath:"#/properties/service/required",keyword:"required",params:{missingProperty: "units"},message:"must have required property '"+"units"+"'",schema:schema34.properties.service.required,parentSchema:schema34.properties.service,data:data12};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
for(const key6 in data12){
if(!(key6 === "units")){
const err26 = {instancePath:instancePath+"/service",schemaPath:"#/properties/service/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema34.properties.service,data:data12};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data12.units !== undefined){
let data13 = data12.units;
if(Array.isArray(data13)){
if(data13.length > 32){
const err27 = {instancePath:instancePath+"/service/units",schemaPath:"#/properties/service/properties/units/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema34.properties.service.properties.units,data:data13};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(data13.length < 1){
const err28 = {instancePath:instancePath+"/service/units",schemaPath:"#/properties/service/properties/units/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema34.properties.service.properties.units,data:data13};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
const len2 = data13.length;
for(let i2=0; i2<len2; i2++){
let data14 = data13[i2];
if(typeof data14 !== "string"){
const err29 = {instancePath:instancePath+"/service/units/" + i2,schemaPath:"#/properties/service/properties/units/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.service.properties.units.items.type,parentSchema:schema34.properties.service.properties.units.items,data:data14};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(!(validate99(data14, {instancePath:instancePath+"/service/units/" + i2,parentData:data13,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
errors = vErrors.length;
}
}
let i3 = data13.length;
let j0;
if(i3 > 1){
const indices0 = {};
for(;i3--;){
let item0 = data13[i3];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err30 = {instancePath:instancePath+"/service/units",schemaPath:"#/properties/service/properties/units/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i3+" are identical)",schema:true,parentSchema:schema34.properties.service.properties.units,data:data13};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
break;
}
indices0[item0] = i3;
}
}
}
else {
const err31 = {instancePath:instancePath+"/service/units",schemaPath:"#/properties/service/properties/units/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema34.properties.service.properties.units.type,parentSchema:schema34.properties.service.properties.units,data:data13};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath:instancePath+"/service",schemaPath:"#/properties/service/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.properties.service.type,parentSchema:schema34.properties.service,data:data12};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data.port !== undefined){
let data15 = data.port;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
if(data15.protocols === undefined){
const err33 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/required",keyword:"required",params:{missingProperty: "protocols"},message:"must have required property '"+"protocols"+"'",schema:schema34.properties.port.required,parentSchema:schema34.properties.port,data:data15};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
for(const key7 in data15){
if(!(key7 === "protocols")){
const err34 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema34.properties.port,data:data15};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data15.protocols !== undefined){
let data16 = data15.protocols;
if(Array.isArray(data16)){
if(data16.length > 2){
const err35 = {instancePath:instancePath+"/port/protocols",schemaPath:"#/properties/port/properties/protocols/maxItems",keyword:"maxItems",params:{limit: 2},message:"must NOT have more than 2 items",schema:2,parentSchema:schema34.properties.port.properties.protocols,data:data16};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(data16.length < 1){
const err36 = {instancePath:instancePath+"/port/protocols",schemaPath:"#/properties/port/properties/protocols/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema34.properties.port.properties.protocols,data:data16};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
const len3 = data16.length;
for(let i4=0; i4<len3; i4++){
let data17 = data16[i4];
if(typeof data17 !== "string"){
const err37 = {instancePath:instancePath+"/port/protocols/" + i4,schemaPath:"#/properties/port/properties/protocols/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.port.properties.protocols.items.type,parentSchema:schema34.properties.port.properties.protocols.items,data:data17};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(!((data17 === "tcp") || (data17 === "udp"))){
const err38 = {instancePath:instancePath+"/port/protocols/" + i4,schemaPath:"#/properties/port/properties/protocols/items/enum",keyword:"enum",params:{allowedValues: schema34.properties.port.properties.protocols.items.enum},message:"must be equal to one of the allowed values",schema:schema34.properties.port.properties.protocols.items.enum,parentSchema:schema34.properties.port.properties.protocols.items,data:data17};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
let i5 = data16.length;
let j1;
if(i5 > 1){
const indices1 = {};
for(;i5--;){
let item1 = data16[i5];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err39 = {instancePath:instancePath+"/port/protocols",schemaPath:"#/properties/port/properties/protocols/uniqueItems",keyword:"uniqueItems",params:{i: i5, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i5+" are identical)",schema:true,parentSchema:schema34.properties.port.properties.protocols,data:data16};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
break;
}
indices1[item1] = i5;
}
}
}
else {
const err40 = {instancePath:instancePath+"/port/protocols",schemaPath:"#/properties/port/properties/protocols/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema34.properties.port.properties.protocols.type,parentSchema:schema34.properties.port.properties.protocols,data:data16};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
else {
const err41 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.properties.port.type,parentSchema:schema34.properties.port,data:data15};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data.sysctl !== undefined){
let data18 = data.sysctl;
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
if(data18.keys === undefined){
const err42 = {instancePath:instancePath+"/sysctl",schemaPath:"#/properties/sysctl/required",keyword:"required",params:{missingProperty: "keys"},message:"must have required property '"+"keys"+"'",schema:schema34.properties.sysctl.required,parentSchema:schema34.properties.sysctl,data:data18};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
for(const key8 in data18){
if(!(key8 === "keys")){
const err43 = {instancePath:instancePath+"/sysctl",schemaPath:"#/properties/sysctl/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties",schema:false,parentSchema:schema34.properties.sysctl,data:data18};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data18.keys !== undefined){
let data19 = data18.keys;
if(Array.isArray(data19)){
if(data19.length > 32){
const err44 = {instancePath:instancePath+"/sysctl/keys",schemaPath:"#/properties/sysctl/properties/keys/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema34.properties.sysctl.properties.keys,data:data19};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if(data19.length < 1){
const err45 = {instancePath:instancePath+"/sysctl/keys",schemaPath:"#/properties/sysctl/properties/keys/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema34.properties.sysctl.properties.keys,data:data19};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
const len4 = data19.length;
for(let i6=0; i6<len4; i6++){
let data20 = data19[i6];
if(typeof data20 !== "string"){
const err46 = {instancePath:instancePath+"/sysctl/keys/" + i6,schemaPath:"#/properties/sysctl/properties/keys/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.sysctl.properties.keys.items.type,parentSchema:schema34.properties.sysctl.properties.keys.items,data:data20};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if(!(validate101(data20, {instancePath:instancePath+"/sysctl/keys/" + i6,parentData:data19,parentDataProperty:i6,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate101.errors : vErrors.concat(validate101.errors);
errors = vErrors.length;
}
}
let i7 = data19.length;
let j2;
if(i7 > 1){
const indices2 = {};
for(;i7--;){
let item2 = data19[i7];
if(typeof item2 !== "string"){
continue;
}
if(typeof indices2[item2] == "number"){
j2 = indices2[item2];
const err47 = {instancePath:instancePath+"/sysctl/keys",schemaPath:"#/properties/sysctl/properties/keys/uniqueItems",keyword:"uniqueItems",params:{i: i7, j: j2},message:"must NOT have duplicate items (items ## "+j2+" and "+i7+" are identical)",schema:true,parentSchema:schema34.properties.sysctl.properties.keys,data:data19};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
break;
}
indices2[item2] = i7;
}
}
}
else {
const err48 = {instancePath:instancePath+"/sysctl/keys",schemaPath:"#/properties/sysctl/properties/keys/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema34.properties.sysctl.properties.keys.type,parentSchema:schema34.properties.sysctl.properties.keys,data:data19};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
else {
const err49 = {instancePath:instancePath+"/sysctl",schemaPath:"#/properties/sysctl/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.properties.sysctl.type,parentSchema:schema34.properties.sysctl,data:data18};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data.certificate !== undefined){
let data21 = data.certificate;
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
if(data21.globs === undefined){
const err50 = {instancePath:instancePath+"/certificate",schemaPath:"#/properties/certificate/required",keyword:"required",params:{missingProperty: "globs"},message:"must have required property '"+"globs"+"'",schema:schema34.properties.certificate.required,parentSchema:schema34.properties.certificate,data:data21};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
for(const key9 in data21){
if(!(key9 === "globs")){
const err51 = {instancePath:instancePath+"/certificate",schemaPath:"#/properties/certificate/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties",schema:false,parentSchema:schema34.properties.certificate,data:data21};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data21.globs !== undefined){
let data22 = data21.globs;
if(Array.isArray(data22)){
if(data22.length > 16){
const err52 = {instancePath:instancePath+"/certificate/globs",schemaPath:"#/properties/certificate/properties/globs/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema34.properties.certificate.properties.globs,data:data22};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(data22.length < 1){
const err53 = {instancePath:instancePath+"/certificate/globs",schemaPath:"#/properties/certificate/properties/globs/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema34.properties.certificate.properties.globs,data:data22};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
const len5 = data22.length;
for(let i8=0; i8<len5; i8++){
if(!(validate94(data22[i8], {instancePath:instancePath+"/certificate/globs/" + i8,parentData:data22,parentDataProperty:i8,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
errors = vErrors.length;
}
}
}
else {
const err54 = {instancePath:instancePath+"/certificate/globs",schemaPath:"#/properties/certificate/properties/globs/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema34.properties.certificate.properties.globs.type,parentSchema:schema34.properties.certificate.properties.globs,data:data22};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
}
else {
const err55 = {instancePath:instancePath+"/certificate",schemaPath:"#/properties/certificate/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.properties.certificate.type,parentSchema:schema34.properties.certificate,data:data21};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data.package !== undefined){
let data24 = data.package;
if(data24 && typeof data24 == "object" && !Array.isArray(data24)){
if(data24.names === undefined){
const err56 = {instancePath:instancePath+"/package",schemaPath:"#/properties/package/required",keyword:"required",params:{missingProperty: "names"},message:"must have required property '"+"names"+"'",schema:schema34.properties.package.required,parentSchema:schema34.properties.package,data:data24};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
for(const key10 in data24){
if(!(key10 === "names")){
const err57 = {instancePath:instancePath+"/package",schemaPath:"#/properties/package/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties",schema:false,parentSchema:schema34.properties.package,data:data24};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data24.names !== undefined){
let data25 = data24.names;
if(Array.isArray(data25)){
if(data25.length > 32){
const err58 = {instancePath:instancePath+"/package/names",schemaPath:"#/properties/package/properties/names/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema34.properties.package.properties.names,data:data25};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
if(data25.length < 1){
const err59 = {instancePath:instancePath+"/package/names",schemaPath:"#/properties/package/properties/names/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema34.properties.package.properties.names,data:data25};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
const len6 = data25.length;
for(let i9=0; i9<len6; i9++){
let data26 = data25[i9];
if(typeof data26 !== "string"){
const err60 = {instancePath:instancePath+"/package/names/" + i9,schemaPath:"#/properties/package/properties/names/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.package.properties.names.items.type,parentSchema:schema34.properties.package.properties.names.items,data:data26};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
if(!(validate104(data26, {instancePath:instancePath+"/package/names/" + i9,parentData:data25,parentDataProperty:i9,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate104.errors : vErrors.concat(validate104.errors);
errors = vErrors.length;
}
}
let i10 = data25.length;
let j3;
if(i10 > 1){
const indices3 = {};
for(;i10--;){
let item3 = data25[i10];
if(typeof item3 !== "string"){
continue;
}
if(typeof indices3[item3] == "number"){
j3 = indices3[item3];
const err61 = {instancePath:instancePath+"/package/names",schemaPath:"#/properties/package/properties/names/uniqueItems",keyword:"uniqueItems",params:{i: i10, j: j3},message:"must NOT have duplicate items (items ## "+j3+" and "+i10+" are identical)",schema:true,parentSchema:schema34.properties.package.properties.names,data:data25};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
break;
}
indices3[item3] = i10;
}
}
}
else {
const err62 = {instancePath:instancePath+"/package/names",schemaPath:"#/properties/package/properties/names/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema34.properties.package.properties.names.type,parentSchema:schema34.properties.package.properties.names,data:data25};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
}
else {
const err63 = {instancePath:instancePath+"/package",schemaPath:"#/properties/package/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.properties.package.type,parentSchema:schema34.properties.package,data:data24};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
}
else {
const err64 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.type,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
validate91.errors = vErrors;
return errors === 0;
}
validate91.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema41 = {"description":"An expression in the Common Expression Language over `facts`, at most 4096 characters.","type":"string","minLength":1,"maxLength":4096};

function validate107(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate107.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 4096){
const err0 = {instancePath,schemaPath:"#/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema41,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(func1(data) < 1){
const err1 = {instancePath,schemaPath:"#/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema41,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.type,parentSchema:schema41,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate107.errors = vErrors;
return errors === 0;
}
validate107.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema42 = {"description":"One typed value that may enter evidence.","type":"object","additionalProperties":false,"required":["type","value"],"properties":{"type":{"description":"The type; a value of another type is an error.","enum":["boolean","integer","enum"]},"values":{"description":"For an enum: the words it may be; anything else is recorded as `other`.","type":"array","minItems":1,"maxItems":64,"uniqueItems":true,"items":{"type":"string","$ref":"#/$defs/token"}},"value":{"description":"How to compute it; null means not set.","$ref":"#/$defs/cel"}},"if":{"properties":{"type":{"const":"enum"}}},"then":{"required":["values"]},"else":{"properties":{"values":false}}};
const schema43 = {"description":"A short word for machines: letters, digits and . _ : + -, at most 64 characters.","type":"string","pattern":"^[A-Za-z0-9._:+-]{1,64}$"};
const pattern18 = new RegExp("^[A-Za-z0-9._:+-]{1,64}$", "u");

function validate111(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate111.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern18.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._:+-]{1,64}$"},message:"must match pattern \""+"^[A-Za-z0-9._:+-]{1,64}$"+"\"",schema:"^[A-Za-z0-9._:+-]{1,64}$",parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.type,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate111.errors = vErrors;
return errors === 0;
}
validate111.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate110(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate110.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type !== undefined){
if("enum" !== data.type){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs4 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.values === undefined){
const err1 = {instancePath,schemaPath:"#/then/required",keyword:"required",params:{missingProperty: "values"},message:"must have required property '"+"values"+"'",schema:schema42.then.required,parentSchema:schema42.then,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
ifClause0 = "then";
}
else {
const _errs5 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.values !== undefined){
const err2 = {instancePath:instancePath+"/values",schemaPath:"#/else/properties/values/false schema",keyword:"false schema",params:{},message:"boolean schema is false",schema:false,parentSchema:schema42.else.properties.values,data:data.values};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var _valid0 = _errs5 === errors;
valid0 = _valid0;
if(valid0){
var props0 = {};
props0.values = true;
props0.type = true;
}
ifClause0 = "else";
}
if(!valid0){
const err3 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema42.if,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema42.required,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.value === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "value"},message:"must have required property '"+"value"+"'",schema:schema42.required,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "values")) || (key0 === "value"))){
const err6 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.type !== undefined){
let data2 = data.type;
if(!(((data2 === "boolean") || (data2 === "integer")) || (data2 === "enum"))){
const err7 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/enum",keyword:"enum",params:{allowedValues: schema42.properties.type.enum},message:"must be equal to one of the allowed values",schema:schema42.properties.type.enum,parentSchema:schema42.properties.type,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.values !== undefined){
let data3 = data.values;
if(Array.isArray(data3)){
if(data3.length > 64){
const err8 = {instancePath:instancePath+"/values",schemaPath:"#/properties/values/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items",schema:64,parentSchema:schema42.properties.values,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data3.length < 1){
const err9 = {instancePath:instancePath+"/values",schemaPath:"#/properties/values/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema42.properties.values,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 !== "string"){
const err10 = {instancePath:instancePath+"/values/" + i0,schemaPath:"#/properties/values/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.properties.values.items.type,parentSchema:schema42.properties.values.items,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(!(validate111(data4, {instancePath:instancePath+"/values/" + i0,parentData:data3,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate111.errors : vErrors.concat(validate111.errors);
errors = vErrors.length;
}
}
let i1 = data3.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data3[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err11 = {instancePath:instancePath+"/values",schemaPath:"#/properties/values/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema42.properties.values,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err12 = {instancePath:instancePath+"/values",schemaPath:"#/properties/values/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema42.properties.values.type,parentSchema:schema42.properties.values,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.value !== undefined){
if(!(validate107(data.value, {instancePath:instancePath+"/value",parentData:data,parentDataProperty:"value",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate107.errors : vErrors.concat(validate107.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema42.type,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate110.errors = vErrors;
return errors === 0;
}
validate110.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const pattern15 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$", "u");
const pattern17 = new RegExp("^[a-z][A-Za-z0-9_]{0,47}$", "u");

function validate82(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate82.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.collect !== undefined){
let data0 = data.collect;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
let missing0;
if((data0.file === undefined) && (missing0 = "file")){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs5 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.parse !== undefined){
let data1 = data.parse;
if(!((((((((((((data1 === "sshd-config") || (data1 === "sudoers")) || (data1 === "sysctl-dirs")) || (data1 === "login-defs")) || (data1 === "shell-variables")) || (data1 === "systemd-config")) || (data1 === "apt-config")) || (data1 === "key-value")) || (data1 === "ini")) || (data1 === "json")) || (data1 === "lines")) || (data1 === "mounts"))){
const err1 = {instancePath:instancePath+"/parse",schemaPath:"#/allOf/0/then/properties/parse/enum",keyword:"enum",params:{allowedValues: schema30.allOf[0].then.properties.parse.enum},message:"must be equal to one of the allowed values",schema:schema30.allOf[0].then.properties.parse.enum,parentSchema:schema30.allOf[0].then.properties.parse,data:data1};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
var _valid0 = _errs5 === errors;
valid1 = _valid0;
if(valid1){
var props0 = {};
props0.parse = true;
props0.collect = true;
}
}
if(!valid1){
const err2 = {instancePath,schemaPath:"#/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema30.allOf[0].if,parentSchema:schema30.allOf[0],data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
const _errs8 = errors;
let valid4 = true;
const _errs9 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.collect !== undefined){
let data2 = data.collect;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
let missing1;
if((data2.files === undefined) && (missing1 = "files")){
const err3 = {};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
}
var _valid1 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs11 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.parse !== undefined){
let data3 = data.parse;
if(!((((((((((((data3 === "sshd-config") || (data3 === "sudoers")) || (data3 === "sysctl-dirs")) || (data3 === "login-defs")) || (data3 === "shell-variables")) || (data3 === "systemd-config")) || (data3 === "apt-config")) || (data3 === "key-value")) || (data3 === "ini")) || (data3 === "json")) || (data3 === "lines")) || (data3 === "age"))){
const err4 = {instancePath:instancePath+"/parse",schemaPath:"#/allOf/1/then/properties/parse/enum",keyword:"enum",params:{allowedValues: schema30.allOf[1].then.properties.parse.enum},message:"must be equal to one of the allowed values",schema:schema30.allOf[1].then.properties.parse.enum,parentSchema:schema30.allOf[1].then.properties.parse,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
var _valid1 = _errs11 === errors;
valid4 = _valid1;
if(valid4){
var props1 = {};
props1.parse = true;
props1.collect = true;
}
}
if(!valid4){
const err5 = {instancePath,schemaPath:"#/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema30.allOf[1].if,parentSchema:schema30.allOf[1],data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(props0 !== true && props1 !== undefined){
if(props1 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props1);
}
}
const _errs14 = errors;
let valid7 = true;
const _errs15 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.collect !== undefined){
let data4 = data.collect;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
let missing2;
if((data4.argv === undefined) && (missing2 = "argv")){
const err6 = {};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
}
var _valid2 = _errs15 === errors;
errors = _errs14;
if(vErrors !== null){
if(_errs14){
vErrors.length = _errs14;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs17 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.parse !== undefined){
let data5 = data.parse;
if(!((((data5 === "lines") || (data5 === "key-value")) || (data5 === "ini")) || (data5 === "json"))){
const err7 = {instancePath:instancePath+"/parse",schemaPath:"#/allOf/2/then/properties/parse/enum",keyword:"enum",params:{allowedValues: schema30.allOf[2].then.properties.parse.enum},message:"must be equal to one of the allowed values",schema:schema30.allOf[2].then.properties.parse.enum,parentSchema:schema30.allOf[2].then.properties.parse,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
var _valid2 = _errs17 === errors;
valid7 = _valid2;
if(valid7){
var props2 = {};
props2.parse = true;
props2.collect = true;
}
}
if(!valid7){
const err8 = {instancePath,schemaPath:"#/allOf/2/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema30.allOf[2].if,parentSchema:schema30.allOf[2],data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(props0 !== true && props2 !== undefined){
if(props2 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props2);
}
}
const _errs20 = errors;
let valid10 = true;
const _errs21 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.collect !== undefined){
let data6 = data.collect;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
let missing3;
if((data6.program === undefined) && (missing3 = "program")){
const err9 = {};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
}
var _valid3 = _errs21 === errors;
errors = _errs20;
if(vErrors !== null){
if(_errs20){
vErrors.length = _errs20;
}
else {
vErrors = null;
}
}
if(_valid3){
const _errs23 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.parse !== undefined){
let data7 = data.parse;
if(!((data7 === "lines") || (data7 === "key-value"))){
const err10 = {instancePath:instancePath+"/parse",schemaPath:"#/allOf/3/then/properties/parse/enum",keyword:"enum",params:{allowedValues: schema30.allOf[3].then.properties.parse.enum},message:"must be equal to one of the allowed values",schema:schema30.allOf[3].then.properties.parse.enum,parentSchema:schema30.allOf[3].then.properties.parse,data:data7};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
var _valid3 = _errs23 === errors;
valid10 = _valid3;
if(valid10){
var props3 = {};
props3.parse = true;
props3.collect = true;
}
}
if(!valid10){
const err11 = {instancePath,schemaPath:"#/allOf/3/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema30.allOf[3].if,parentSchema:schema30.allOf[3],data};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(props0 !== true && props3 !== undefined){
if(props3 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props3);
}
}
const _errs26 = errors;
let valid13 = true;
const _errs27 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.collect !== undefined){
let data8 = data.collect;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
let missing4;
if((data8.mode === undefined) && (missing4 = "mode")){
const err12 = {};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
}
var _valid4 = _errs27 === errors;
errors = _errs26;
if(vErrors !== null){
if(_errs26){
vErrors.length = _errs26;
}
else {
vErrors = null;
}
}
if(_valid4){
const _errs29 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.parse !== undefined){
let data9 = data.parse;
if("mode" !== data9){
const err13 = {instancePath:instancePath+"/parse",schemaPath:"#/allOf/4/then/properties/parse/const",keyword:"const",params:{allowedValue: "mode"},message:"must be equal to constant",schema:"mode",parentSchema:schema30.allOf[4].then.properties.parse,data:data9};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
var _valid4 = _errs29 === errors;
valid13 = _valid4;
if(valid13){
var props4 = {};
props4.parse = true;
props4.collect = true;
}
}
if(!valid13){
const err14 = {instancePath,schemaPath:"#/allOf/4/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema30.allOf[4].if,parentSchema:schema30.allOf[4],data};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(props0 !== true && props4 !== undefined){
if(props4 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props4);
}
}
const _errs32 = errors;
let valid16 = true;
const _errs33 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.collect !== undefined){
let data10 = data.collect;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
let missing5;
if((data10.service === undefined) && (missing5 = "service")){
const err15 = {};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
}
var _valid5 = _errs33 === errors;
errors = _errs32;
if(vErrors !== null){
if(_errs32){
vErrors.length = _errs32;
}
else {
vErrors = null;
}
}
if(_valid5){
const _errs35 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.parse !== undefined){
let data11 = data.parse;
if("service" !== data11){
const err16 = {instancePath:instancePath+"/parse",schemaPath:"#/allOf/5/then/properties/parse/const",keyword:"const",params:{allowedValue: "service"},message:"must be equal to constant",schema:"service",parentSchema:schema30.allOf[5].then.properties.parse,data:data11};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
var _valid5 = _errs35 === errors;
valid16 = _valid5;
if(valid16){
var props5 = {};
props5.parse = true;
props5.collect = true;
}
}
if(!valid16){
const err17 = {instancePath,schemaPath:"#/allOf/5/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema30.allOf[5].if,parentSchema:schema30.allOf[5],data};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(props0 !== true && props5 !== undefined){
if(props5 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props5);
}
}
const _errs38 = errors;
let valid19 = true;
const _errs39 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.collect !== undefined){
let data12 = data.collect;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
let missing6;
if((data12.port === undefined) && (missing6 = "port")){
const err18 = {};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
}
var _valid6 = _errs39 === errors;
errors = _errs38;
if(vErrors !== null){
if(_errs38){
vErrors.length = _errs38;
}
else {
vErrors = null;
}
}
if(_valid6){
const _errs41 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.parse !== undefined){
let data13 = data.parse;
if("port" !== data13){
const err19 = {instancePath:instancePath+"/parse",schemaPath:"#/allOf/6/then/properties/parse/const",keyword:"const",params:{allowedValue: "port"},message:"must be equal to constant",schema:"port",parentSchema:schema30.allOf[6].then.properties.parse,data:data13};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
var _valid6 = _errs41 === errors;
valid19 = _valid6;
if(valid19){
var props6 = {};
props6.parse = true;
props6.collect = true;
}
}
if(!valid19){
const err20 = {instancePath,schemaPath:"#/allOf/6/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema30.allOf[6].if,parentSchema:schema30.allOf[6],data};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(props0 !== true && props6 !== undefined){
if(props6 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props6);
}
}
const _errs44 = errors;
let valid22 = true;
const _errs45 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.collect !== undefined){
let data14 = data.collect;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
let missing7;
if((data14.sysctl === undefined) && (missing7 = "sysctl")){
const err21 = {};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
}
var _valid7 = _errs45 === errors;
errors = _errs44;
if(vErrors !== null){
if(_errs44){
vErrors.length = _errs44;
}
else {
vErrors = null;
}
}
if(_valid7){
const _errs47 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.parse !== undefined){
let data15 = data.parse;
if("sysctl" !== data15){
const err22 = {instancePath:instancePath+"/parse",schemaPath:"#/allOf/7/then/properties/parse/const",keyword:"const",params:{allowedValue: "sysctl"},message:"must be equal to constant",schema:"sysctl",parentSchema:schema30.allOf[7].then.properties.parse,data:data15};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
var _valid7 = _errs47 === errors;
valid22 = _valid7;
if(valid22){
var props7 = {};
props7.parse = true;
props7.collect = true;
}
}
if(!valid22){
const err23 = {instancePath,schemaPath:"#/allOf/7/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema30.allOf[7].if,parentSchema:schema30.allOf[7],data};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(props0 !== true && props7 !== undefined){
if(props7 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props7);
}
}
const _errs50 = errors;
let valid25 = true;
const _errs51 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.collect !== undefined){
let data16 = data.collect;
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
let missing8;
if((data16.certificate === undefined) && (missing8 = "certificate")){
const err24 = {};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
}
var _valid8 = _errs51 === errors;
errors = _errs50;
if(vErrors !== null){
if(_errs50){
vErrors.length = _errs50;
}
else {
vErrors = null;
}
}
if(_valid8){
const _errs53 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.parse !== undefined){
let data17 = data.parse;
if("certificate" !== data17){
const err25 = {instancePath:instancePath+"/parse",schemaPath:"#/allOf/8/then/properties/parse/const",keyword:"const",params:{allowedValue: "certificate"},message:"must be equal to constant",schema:"certificate",parentSchema:schema30.allOf[8].then.properties.parse,data:data17};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
var _valid8 = _errs53 === errors;
valid25 = _valid8;
if(valid25){
var props8 = {};
props8.parse = true;
props8.collect = true;
}
}
if(!valid25){
const err26 = {instancePath,schemaPath:"#/allOf/8/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema30.allOf[8].if,parentSchema:schema30.allOf[8],data};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(props0 !== true && props8 !== undefined){
if(props8 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props8);
}
}
const _errs56 = errors;
let valid28 = true;
const _errs57 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.collect !== undefined){
let data18 = data.collect;
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
let missing9;
if((data18.package === undefined) && (missing9 = "package")){
const err27 = {};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
}
var _valid9 = _errs57 === errors;
errors = _errs56;
if(vErrors !== null){
if(_errs56){
vErrors.length = _errs56;
}
else {
vErrors = null;
}
}
if(_valid9){
const _errs59 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.parse !== undefined){
let data19 = data.parse;
if("package" !== data19){
const err28 = {instancePath:instancePath+"/parse",schemaPath:"#/allOf/9/then/properties/parse/const",keyword:"const",params:{allowedValue: "package"},message:"must be equal to constant",schema:"package",parentSchema:schema30.allOf[9].then.properties.parse,data:data19};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
var _valid9 = _errs59 === errors;
valid28 = _valid9;
if(valid28){
var props9 = {};
props9.parse = true;
props9.collect = true;
}
}
if(!valid28){
const err29 = {instancePath,schemaPath:"#/allOf/9/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema30.allOf[9].if,parentSchema:schema30.allOf[9],data};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(props0 !== true && props9 !== undefined){
if(props9 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props9);
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.title === undefined){
const err30 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "title"},message:"must have required property '"+"title"+"'",schema:schema30.required,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(data.rationale === undefined){
const err31 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "rationale"},message:"must have required property '"+"rationale"+"'",schema:schema30.required,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if(data.platforms === undefined){
const err32 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "platforms"},message:"must have required property '"+"platforms"+"'",schema:schema30.required,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(data.interval === undefined){
const err33 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "interval"},message:"must have required property '"+"interval"+"'",schema:schema30.required,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(data.severity === undefined){
const err34 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "severity"},message:"must have required property '"+"severity"+"'",schema:schema30.required,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(data.collect === undefined){
const err35 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "collect"},message:"must have required property '"+"collect"+"'",schema:schema30.required,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(data.parse === undefined){
const err36 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "parse"},message:"must have required property '"+"parse"+"'",schema:schema30.required,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(data.assert === undefined){
const err37 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "assert"},message:"must have required property '"+"assert"+"'",schema:schema30.required,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(data.expected === undefined){
const err38 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "expected"},message:"must have required property '"+"expected"+"'",schema:schema30.required,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if(data.record === undefined){
const err39 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "record"},message:"must have required property '"+"record"+"'",schema:schema30.required,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
for(const key0 in data){
if(!(func18.call(schema30.properties, key0))){
const err40 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data.title !== undefined){
if(!(validate62(data.title, {instancePath:instancePath+"/title",parentData:data,parentDataProperty:"title",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data.rationale !== undefined){
if(!(validate64(data.rationale, {instancePath:instancePath+"/rationale",parentData:data,parentDataProperty:"rationale",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
errors = vErrors.length;
}
}
if(data.platforms !== undefined){
if(!(validate85(data.platforms, {instancePath:instancePath+"/platforms",parentData:data,parentDataProperty:"platforms",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate85.errors : vErrors.concat(validate85.errors);
errors = vErrors.length;
}
}
if(data.interval !== undefined){
if(!(validate89(data.interval, {instancePath:instancePath+"/interval",parentData:data,parentDataProperty:"interval",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
if(data.severity !== undefined){
let data24 = data.severity;
if(!((((data24 === "low") || (data24 === "medium")) || (data24 === "high")) || (data24 === "critical"))){
const err41 = {instancePath:instancePath+"/severity",schemaPath:"#/properties/severity/enum",keyword:"enum",params:{allowedValues: schema30.properties.severity.enum},message:"must be equal to one of the allowed values",schema:schema30.properties.severity.enum,parentSchema:schema30.properties.severity,data:data24};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data.collect !== undefined){
if(!(validate91(data.collect, {instancePath:instancePath+"/collect",parentData:data,parentDataProperty:"collect",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate91.errors : vErrors.concat(validate91.errors);
errors = vErrors.length;
}
}
if(data.parse !== undefined){
let data26 = data.parse;
if(!(((((((((((((((((((data26 === "sshd-config") || (data26 === "sudoers")) || (data26 === "sysctl-dirs")) || (data26 === "login-defs")) || (data26 === "shell-variables")) || (data26 === "systemd-config")) || (data26 === "apt-config")) || (data26 === "key-value")) || (data26 === "ini")) || (data26 === "json")) || (data26 === "lines")) || (data26 === "mounts")) || (data26 === "age")) || (data26 === "mode")) || (data26 === "service")) || (data26 === "port")) || (data26 === "sysctl")) || (data26 === "certificate")) || (data26 === "package"))){
const err42 = {instancePath:instancePath+"/parse",schemaPath:"#/properties/parse/enum",keyword:"enum",params:{allowedValues: schema30.properties.parse.enum},message:"must be equal to one of the allowed values",schema:schema30.properties.parse.enum,parentSchema:schema30.properties.parse,data:data26};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data.defaults !== undefined){
let data27 = data.defaults;
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
if(Object.keys(data27).length > 64){
const err43 = {instancePath:instancePath+"/defaults",schemaPath:"#/properties/defaults/maxProperties",keyword:"maxProperties",params:{limit: 64},message:"must NOT have more than 64 properties",schema:64,parentSchema:schema30.properties.defaults,data:data27};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
for(const key1 in data27){
const _errs71 = errors;
if(typeof key1 === "string"){
if(!pattern15.test(key1)){
const err44 = {instancePath:instancePath+"/defaults",schemaPath:"#/properties/defaults/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$",parentSchema:schema30.properties.defaults.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
var valid32 = _errs71 === errors;
if(!valid32){
const err45 = {instancePath:instancePath+"/defaults",schemaPath:"#/properties/defaults/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema30.properties.defaults.propertyNames,parentSchema:schema30.properties.defaults,data:data27};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
for(const key2 in data27){
let data28 = data27[key2];
if(typeof data28 === "string"){
if(func1(data28) > 1024){
const err46 = {instancePath:instancePath+"/defaults/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/defaults/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",schema:1024,parentSchema:schema30.properties.defaults.additionalProperties,data:data28};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
else {
const err47 = {instancePath:instancePath+"/defaults/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/defaults/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema30.properties.defaults.additionalProperties.type,parentSchema:schema30.properties.defaults.additionalProperties,data:data28};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
else {
const err48 = {instancePath:instancePath+"/defaults",schemaPath:"#/properties/defaults/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema30.properties.defaults.type,parentSchema:schema30.properties.defaults,data:data27};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data.applicable !== undefined){
if(!(validate107(data.applicable, {instancePath:instancePath+"/applicable",parentData:data,parentDataProperty:"applicable",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate107.errors : vErrors.concat(validate107.errors);
errors = vErrors.length;
}
}
if(data.assert !== undefined){
if(!(validate107(data.assert, {instancePath:instancePath+"/assert",parentData:data,parentDataProperty:"assert",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate107.errors : vErrors.concat(validate107.errors);
errors = vErrors.length;
}
}
if(data.expected !== undefined){
let data31 = data.expected;
if(typeof data31 === "string"){
if(func1(data31) > 300){
const err49 = {instancePath:instancePath+"/expected",schemaPath:"#/properties/expected/maxLength",keyword:"maxLength",params:{limit: 300},message:"must NOT have more than 300 characters",schema:300,parentSchema:schema30.properties.expected,data:data31};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if(func1(data31) < 1){
const err50 = {instancePath:instancePath+"/expected",schemaPath:"#/properties/expected/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema30.properties.expected,data:data31};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
else {
const err51 = {instancePath:instancePath+"/expected",schemaPath:"#/properties/expected/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema30.properties.expected.type,parentSchema:schema30.properties.expected,data:data31};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data.byHand !== undefined){
let data32 = data.byHand;
if(typeof data32 === "string"){
if(func1(data32) > 600){
const err52 = {instancePath:instancePath+"/byHand",schemaPath:"#/properties/byHand/maxLength",keyword:"maxLength",params:{limit: 600},message:"must NOT have more than 600 characters",schema:600,parentSchema:schema30.properties.byHand,data:data32};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(func1(data32) < 1){
const err53 = {instancePath:instancePath+"/byHand",schemaPath:"#/properties/byHand/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema30.properties.byHand,data:data32};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
if(!pattern5.test(data32)){
const err54 = {instancePath:instancePath+"/byHand",schemaPath:"#/properties/byHand/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]*$"},message:"must match pattern \""+"^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]*$"+"\"",schema:"^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]*$",parentSchema:schema30.properties.byHand,data:data32};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
else {
const err55 = {instancePath:instancePath+"/byHand",schemaPath:"#/properties/byHand/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema30.properties.byHand.type,parentSchema:schema30.properties.byHand,data:data32};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data.record !== undefined){
let data33 = data.record;
if(data33 && typeof data33 == "object" && !Array.isArray(data33)){
if(Object.keys(data33).length > 32){
const err56 = {instancePath:instancePath+"/record",schemaPath:"#/properties/record/maxProperties",keyword:"maxProperties",params:{limit: 32},message:"must NOT have more than 32 properties",schema:32,parentSchema:schema30.properties.record,data:data33};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
if(Object.keys(data33).length < 1){
const err57 = {instancePath:instancePath+"/record",schemaPath:"#/properties/record/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema30.properties.record,data:data33};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
for(const key3 in data33){
const _errs83 = errors;
if(typeof key3 === "string"){
if(!pattern17.test(key3)){
const err58 = {instancePath:instancePath+"/record",schemaPath:"#/properties/record/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-z][A-Za-z0-9_]{0,47}$"},message:"must match pattern \""+"^[a-z][A-Za-z0-9_]{0,47}$"+"\"",schema:"^[a-z][A-Za-z0-9_]{0,47}$",parentSchema:schema30.properties.record.propertyNames,data:key3,propertyName:key3};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
var valid34 = _errs83 === errors;
if(!valid34){
const err59 = {instancePath:instancePath+"/record",schemaPath:"#/properties/record/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid",schema:schema30.properties.record.propertyNames,parentSchema:schema30.properties.record,data:data33};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
for(const key4 in data33){
if(!(validate110(data33[key4], {instancePath:instancePath+"/record/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data33,parentDataProperty:key4,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate110.errors : vErrors.concat(validate110.errors);
errors = vErrors.length;
}
}
}
else {
const err60 = {instancePath:instancePath+"/record",schemaPath:"#/properties/record/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema30.properties.record.type,parentSchema:schema30.properties.record,data:data33};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
}
else {
const err61 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema30.type,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
validate82.errors = vErrors;
return errors === 0;
}
validate82.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate79(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate79.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema29.required,parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema29.required,parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'",schema:schema29.required,parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'",schema:schema29.required,parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.apiVersion !== undefined){
if(!(validate54(data.apiVersion, {instancePath:instancePath+"/apiVersion",parentData:data,parentDataProperty:"apiVersion",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("Check" !== data1){
const err5 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "Check"},message:"must be equal to constant",schema:"Check",parentSchema:schema29.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate56(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
if(!(validate82(data.spec, {instancePath:instancePath+"/spec",parentData:data,parentDataProperty:"spec",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate82.errors : vErrors.concat(validate82.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema29.type,parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate79.errors = vErrors;
return errors === 0;
}
validate79.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const validateRule = validate116;
const schema44 = {"title":"Rule","description":"When to heal.","type":"object","additionalProperties":false,"required":["apiVersion","kind","metadata","spec"],"properties":{"apiVersion":{"$ref":"#/$defs/apiVersion"},"kind":{"description":"The kind of document.","const":"Rule"},"metadata":{"$ref":"#/$defs/metadata"},"spec":{"$ref":"#/$defs/ruleSpec"}}};
const schema45 = {"title":"RuleSpec","description":"Which failed check leads to which runbook, how often and how far.","type":"object","additionalProperties":false,"required":["check","platforms","runbook","priority","cooldown","maxAttempts","window","settle","owner","origin"],"properties":{"check":{"description":"The check whose fail it answers.","$ref":"#/$defs/name"},"platforms":{"$ref":"#/$defs/platforms"},"when":{"description":"A further condition over the check's facts.","$ref":"#/$defs/cel"},"runbook":{"description":"The runbook that heals it.","$ref":"#/$defs/name"},"priority":{"description":"The higher goes first.","type":"integer","minimum":0,"maximum":1000},"cooldown":{"description":"The least time between two attempts.","$ref":"#/$defs/delay"},"maxAttempts":{"description":"The most failed attempts of this rule in a row within the window. A host and check has three a day at most, whatever its rules say.","type":"integer","minimum":1,"maximum":20},"window":{"description":"The time over which failed attempts are counted.","$ref":"#/$defs/duration"},"settle":{"description":"How long to wait before the check is run again.","$ref":"#/$defs/delay"},"owner":{"description":"Who owns the setting: the agent heals its own, and only reports what another owner manages.","enum":["agent","group-policy","configuration-management"]},"origin":{"description":"Where the rule comes from.","type":"object","additionalProperties":false,"required":["type"],"properties":{"type":{"description":"builtin: part of the library.","const":"builtin"}}}}};
const schema46 = {"description":"A length of time that may be zero: 0s, 30s, 5m, 4h or 7d.","type":"string","pattern":"^(?:0|[1-9][0-9]{0,4})[smhd]$"};
const pattern19 = new RegExp("^(?:0|[1-9][0-9]{0,4})[smhd]$", "u");

function validate124(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate124.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern19.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(?:0|[1-9][0-9]{0,4})[smhd]$"},message:"must match pattern \""+"^(?:0|[1-9][0-9]{0,4})[smhd]$"+"\"",schema:"^(?:0|[1-9][0-9]{0,4})[smhd]$",parentSchema:schema46,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema46.type,parentSchema:schema46,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate124.errors = vErrors;
return errors === 0;
}
validate124.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate119(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate119.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.check === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "check"},message:"must have required property '"+"check"+"'",schema:schema45.required,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.platforms === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "platforms"},message:"must have required property '"+"platforms"+"'",schema:schema45.required,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.runbook === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "runbook"},message:"must have required property '"+"runbook"+"'",schema:schema45.required,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.priority === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "priority"},message:"must have required property '"+"priority"+"'",schema:schema45.required,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.cooldown === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "cooldown"},message:"must have required property '"+"cooldown"+"'",schema:schema45.required,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.maxAttempts === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "maxAttempts"},message:"must have required property '"+"maxAttempts"+"'",schema:schema45.required,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.window === undefined){
const err6 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "window"},message:"must have required property '"+"window"+"'",schema:schema45.required,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data.settle === undefined){
const err7 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "settle"},message:"must have required property '"+"settle"+"'",schema:schema45.required,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data.owner === undefined){
const err8 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "owner"},message:"must have required property '"+"owner"+"'",schema:schema45.required,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data.origin === undefined){
const err9 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "origin"},message:"must have required property '"+"origin"+"'",schema:schema45.required,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
for(const key0 in data){
if(!(func18.call(schema45.properties, key0))){
const err10 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.check !== undefined){
if(!(validate57(data.check, {instancePath:instancePath+"/check",parentData:data,parentDataProperty:"check",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data.platforms !== undefined){
if(!(validate85(data.platforms, {instancePath:instancePath+"/platforms",parentData:data,parentDataProperty:"platforms",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate85.errors : vErrors.concat(validate85.errors);
errors = vErrors.length;
}
}
if(data.when !== undefined){
if(!(validate107(data.when, {instancePath:instancePath+"/when",parentData:data,parentDataProperty:"when",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate107.errors : vErrors.concat(validate107.errors);
errors = vErrors.length;
}
}
if(data.runbook !== undefined){
if(!(validate57(data.runbook, {instancePath:instancePath+"/runbook",parentData:data,parentDataProperty:"runbook",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data.priority !== undefined){
let data4 = data.priority;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err11 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema45.properties.priority.type,parentSchema:schema45.properties.priority,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 1000 || isNaN(data4)){
const err12 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema45.properties.priority,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data4 < 0 || isNaN(data4)){
const err13 = {instancePath:instancePath+"/priority",schemaPath:"#/properties/priority/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema45.properties.priority,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
if(data.cooldown !== undefined){
if(!(validate124(data.cooldown, {instancePath:instancePath+"/cooldown",parentData:data,parentDataProperty:"cooldown",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate124.errors : vErrors.concat(validate124.errors);
errors = vErrors.length;
}
}
if(data.maxAttempts !== undefined){
let data6 = data.maxAttempts;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err14 = {instancePath:instancePath+"/maxAttempts",schemaPath:"#/properties/maxAttempts/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema45.properties.maxAttempts.type,parentSchema:schema45.properties.maxAttempts,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 20 || isNaN(data6)){
const err15 = {instancePath:instancePath+"/maxAttempts",schemaPath:"#/properties/maxAttempts/maximum",keyword:"maximum",params:{comparison: "<=", limit: 20},message:"must be <= 20",schema:20,parentSchema:schema45.properties.maxAttempts,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data6 < 1 || isNaN(data6)){
const err16 = {instancePath:instancePath+"/maxAttempts",schemaPath:"#/properties/maxAttempts/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema45.properties.maxAttempts,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
if(data.window !== undefined){
if(!(validate89(data.window, {instancePath:instancePath+"/window",parentData:data,parentDataProperty:"window",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
if(data.settle !== undefined){
if(!(validate124(data.settle, {instancePath:instancePath+"/settle",parentData:data,parentDataProperty:"settle",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate124.errors : vErrors.concat(validate124.errors);
errors = vErrors.length;
}
}
if(data.owner !== undefined){
let data9 = data.owner;
if(!(((data9 === "agent") || (data9 === "group-policy")) || (data9 === "configuration-management"))){
const err17 = {instancePath:instancePath+"/owner",schemaPath:"#/properties/owner/enum",keyword:"enum",params:{allowedValues: schema45.properties.owner.enum},message:"must be equal to one of the allowed values",schema:schema45.properties.owner.enum,parentSchema:schema45.properties.owner,data:data9};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.origin !== undefined){
let data10 = data.origin;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.type === undefined){
const err18 = {instancePath:instancePath+"/origin",schemaPath:"#/properties/origin/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema45.properties.origin.required,parentSchema:schema45.properties.origin,data:data10};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
for(const key1 in data10){
if(!(key1 === "type")){
const err19 = {instancePath:instancePath+"/origin",schemaPath:"#/properties/origin/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema45.properties.origin,data:data10};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data10.type !== undefined){
let data11 = data10.type;
if("builtin" !== data11){
const err20 = {instancePath:instancePath+"/origin/type",schemaPath:"#/properties/origin/properties/type/const",keyword:"const",params:{allowedValue: "builtin"},message:"must be equal to constant",schema:"builtin",parentSchema:schema45.properties.origin.properties.type,data:data11};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath:instancePath+"/origin",schemaPath:"#/properties/origin/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema45.properties.origin.type,parentSchema:schema45.properties.origin,data:data10};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema45.type,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
validate119.errors = vErrors;
return errors === 0;
}
validate119.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate116(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate116.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema44.required,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema44.required,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'",schema:schema44.required,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'",schema:schema44.required,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.apiVersion !== undefined){
if(!(validate54(data.apiVersion, {instancePath:instancePath+"/apiVersion",parentData:data,parentDataProperty:"apiVersion",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("Rule" !== data1){
const err5 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "Rule"},message:"must be equal to constant",schema:"Rule",parentSchema:schema44.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate56(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
if(!(validate119(data.spec, {instancePath:instancePath+"/spec",parentData:data,parentDataProperty:"spec",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate119.errors : vErrors.concat(validate119.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema44.type,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate116.errors = vErrors;
return errors === 0;
}
validate116.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const validateRunbook = validate129;
const schema47 = {"title":"Runbook","description":"How to heal.","type":"object","additionalProperties":false,"required":["apiVersion","kind","metadata","spec"],"properties":{"apiVersion":{"$ref":"#/$defs/apiVersion"},"kind":{"description":"The kind of document.","const":"Runbook"},"metadata":{"$ref":"#/$defs/metadata"},"spec":{"$ref":"#/$defs/runbookSpec"}}};
const schema48 = {"title":"RunbookSpec","description":"How one thing is healed, and how that is undone.","type":"object","additionalProperties":false,"required":["title","platform","steps","undo","risk","class","disruptive","reboot","timeout"],"properties":{"title":{"description":"What it does, for people.","$ref":"#/$defs/title"},"platform":{"$ref":"#/$defs/platform"},"steps":{"description":"The steps, in order.","type":"array","minItems":1,"maxItems":32,"items":{"$ref":"#/$defs/step"}},"undo":{"description":"The steps back, in order, when the check does not pass afterwards.","type":"array","maxItems":32,"items":{"$ref":"#/$defs/undoStep"}},"risk":{"$ref":"#/$defs/risk"},"class":{"description":"The class a client consents to, such as ssh or permissions.","$ref":"#/$defs/token"},"disruptive":{"description":"true when people at work may notice.","type":"boolean"},"reboot":{"description":"true when it needs a restart of the host.","type":"boolean"},"timeout":{"description":"The longest it may take in all.","$ref":"#/$defs/duration"}}};
const schema49 = {"description":"One step: exactly one of its members.","type":"object","additionalProperties":false,"minProperties":1,"maxProperties":1,"properties":{"writeFile":{"$ref":"#/$defs/writeFile"},"setKey":{"$ref":"#/$defs/setKey"},"setMode":{"$ref":"#/$defs/setMode"},"reload":{"$ref":"#/$defs/reload"},"service":{"$ref":"#/$defs/service"},"run":{"$ref":"#/$defs/run"}}};
const schema50 = {"description":"Writes a whole file atomically, after a backup of what was there.","type":"object","additionalProperties":false,"required":["path","content","mode"],"properties":{"path":{"$ref":"#/$defs/absolutePath"},"content":{"description":"The file's text.","type":"string","maxLength":65536},"mode":{"$ref":"#/$defs/fileMode"}}};
const schema51 = {"description":"Permission bits in octal, in quotes, such as \"0640\".","type":"string","pattern":"^0[0-7]{3}$"};
const pattern20 = new RegExp("^0[0-7]{3}$", "u");

function validate138(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate138.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern20.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^0[0-7]{3}$"},message:"must match pattern \""+"^0[0-7]{3}$"+"\"",schema:"^0[0-7]{3}$",parentSchema:schema51,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema51.type,parentSchema:schema51,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate138.errors = vErrors;
return errors === 0;
}
validate138.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate136(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate136.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'",schema:schema50.required,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.content === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "content"},message:"must have required property '"+"content"+"'",schema:schema50.required,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.mode === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "mode"},message:"must have required property '"+"mode"+"'",schema:schema50.required,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "path") || (key0 === "content")) || (key0 === "mode"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.path !== undefined){
if(!(validate92(data.path, {instancePath:instancePath+"/path",parentData:data,parentDataProperty:"path",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate92.errors : vErrors.concat(validate92.errors);
errors = vErrors.length;
}
}
if(data.content !== undefined){
let data1 = data.content;
if(typeof data1 === "string"){
if(func1(data1) > 65536){
const err4 = {instancePath:instancePath+"/content",schemaPath:"#/properties/content/maxLength",keyword:"maxLength",params:{limit: 65536},message:"must NOT have more than 65536 characters",schema:65536,parentSchema:schema50.properties.content,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/content",schemaPath:"#/properties/content/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.properties.content.type,parentSchema:schema50.properties.content,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.mode !== undefined){
if(!(validate138(data.mode, {instancePath:instancePath+"/mode",parentData:data,parentDataProperty:"mode",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate138.errors : vErrors.concat(validate138.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema50.type,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate136.errors = vErrors;
return errors === 0;
}
validate136.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema52 = {"description":"Sets one key of a key-value file: the first active line is replaced, later ones are commented out, a missing one is appended. Keeps the file's mode.","type":"object","additionalProperties":false,"required":["path","key","value","separator"],"properties":{"path":{"$ref":"#/$defs/absolutePath"},"key":{"description":"The key as it is written in the file.","type":"string","pattern":"^[A-Za-z0-9_./-]{1,128}$"},"value":{"description":"The value, on one line.","type":"string","pattern":"^[\\u0020-\\u007e]{0,1024}$"},"separator":{"description":"What stands between key and value.","enum":[" ","="," = ",":","\t"]}}};
const pattern21 = new RegExp("^[A-Za-z0-9_./-]{1,128}$", "u");
const pattern22 = new RegExp("^[\\u0020-\\u007e]{0,1024}$", "u");

function validate141(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate141.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'",schema:schema52.required,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.key === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "key"},message:"must have required property '"+"key"+"'",schema:schema52.required,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.value === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "value"},message:"must have required property '"+"value"+"'",schema:schema52.required,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.separator === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "separator"},message:"must have required property '"+"separator"+"'",schema:schema52.required,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "path") || (key0 === "key")) || (key0 === "value")) || (key0 === "separator"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.path !== undefined){
if(!(validate92(data.path, {instancePath:instancePath+"/path",parentData:data,parentDataProperty:"path",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate92.errors : vErrors.concat(validate92.errors);
errors = vErrors.length;
}
}
if(data.key !== undefined){
let data1 = data.key;
if(typeof data1 === "string"){
if(!pattern21.test(data1)){
const err5 = {instancePath:instancePath+"/key",schemaPath:"#/properties/key/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_./-]{1,128}$"},message:"must match pattern \""+"^[A-Za-z0-9_./-]{1,128}$"+"\"",schema:"^[A-Za-z0-9_./-]{1,128}$",parentSchema:schema52.properties.key,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/key",schemaPath:"#/properties/key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.properties.key.type,parentSchema:schema52.properties.key,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.value !== undefined){
let data2 = data.value;
if(typeof data2 === "string"){
if(!pattern22.test(data2)){
const err7 = {instancePath:instancePath+"/value",schemaPath:"#/properties/value/pattern",keyword:"pattern",params:{pattern: "^[\\u0020-\\u007e]{0,1024}$"},message:"must match pattern \""+"^[\\u0020-\\u007e]{0,1024}$"+"\"",schema:"^[\\u0020-\\u007e]{0,1024}$",parentSchema:schema52.properties.value,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/value",schemaPath:"#/properties/value/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.properties.value.type,parentSchema:schema52.properties.value,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.separator !== undefined){
let data3 = data.separator;
if(!(((((data3 === " ") || (data3 === "=")) || (data3 === " = ")) || (data3 === ":")) || (data3 === "\t"))){
const err9 = {instancePath:instancePath+"/separator",schemaPath:"#/properties/separator/enum",keyword:"enum",params:{allowedValues: schema52.properties.separator.enum},message:"must be equal to one of the allowed values",schema:schema52.properties.separator.enum,parentSchema:schema52.properties.separator,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema52.type,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
validate141.errors = vErrors;
return errors === 0;
}
validate141.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema53 = {"description":"Sets the permission bits of one file or folder.","type":"object","additionalProperties":false,"required":["path","mode"],"properties":{"path":{"$ref":"#/$defs/absolutePath"},"mode":{"$ref":"#/$defs/fileMode"},"ifPresent":{"description":"true: where there is nothing, there is nothing to do. Otherwise the step fails there.","const":true}}};

function validate144(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate144.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'",schema:schema53.required,parentSchema:schema53,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.mode === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "mode"},message:"must have required property '"+"mode"+"'",schema:schema53.required,parentSchema:schema53,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "path") || (key0 === "mode")) || (key0 === "ifPresent"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema53,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.path !== undefined){
if(!(validate92(data.path, {instancePath:instancePath+"/path",parentData:data,parentDataProperty:"path",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate92.errors : vErrors.concat(validate92.errors);
errors = vErrors.length;
}
}
if(data.mode !== undefined){
if(!(validate138(data.mode, {instancePath:instancePath+"/mode",parentData:data,parentDataProperty:"mode",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate138.errors : vErrors.concat(validate138.errors);
errors = vErrors.length;
}
}
if(data.ifPresent !== undefined){
let data2 = data.ifPresent;
if(true !== data2){
const err3 = {instancePath:instancePath+"/ifPresent",schemaPath:"#/properties/ifPresent/const",keyword:"const",params:{allowedValue: true},message:"must be equal to constant",schema:true,parentSchema:schema53.properties.ifPresent,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema53.type,parentSchema:schema53,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate144.errors = vErrors;
return errors === 0;
}
validate144.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema54 = {"description":"Reloads a service (systemctl reload).","type":"object","additionalProperties":false,"required":["service"],"properties":{"service":{"description":"The service's unit.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9@._-]{0,63}$"}}};
const pattern23 = new RegExp("^[A-Za-z0-9][A-Za-z0-9@._-]{0,63}$", "u");

function validate148(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate148.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.service === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "service"},message:"must have required property '"+"service"+"'",schema:schema54.required,parentSchema:schema54,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "service")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema54,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.service !== undefined){
let data0 = data.service;
if(typeof data0 === "string"){
if(!pattern23.test(data0)){
const err2 = {instancePath:instancePath+"/service",schemaPath:"#/properties/service/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9@._-]{0,63}$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9@._-]{0,63}$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9@._-]{0,63}$",parentSchema:schema54.properties.service,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/service",schemaPath:"#/properties/service/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema54.properties.service.type,parentSchema:schema54.properties.service,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema54.type,parentSchema:schema54,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate148.errors = vErrors;
return errors === 0;
}
validate148.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema55 = {"description":"Brings a systemd unit into a state, after noting the one it is in. Members that are left out stay as they are, and so does a unit that is in that state already.","type":"object","additionalProperties":false,"required":["unit"],"minProperties":2,"properties":{"unit":{"$ref":"#/$defs/unit"},"running":{"description":"Whether it runs now.","type":"boolean"},"enabled":{"description":"Whether it starts by itself.","type":"boolean"},"masked":{"description":"Whether nothing can start it.","type":"boolean"}}};

function validate150(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate150.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 2){
const err0 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 2},message:"must NOT have fewer than 2 properties",schema:2,parentSchema:schema55,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.unit === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "unit"},message:"must have required property '"+"unit"+"'",schema:schema55.required,parentSchema:schema55,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "unit") || (key0 === "running")) || (key0 === "enabled")) || (key0 === "masked"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema55,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.unit !== undefined){
if(!(validate99(data.unit, {instancePath:instancePath+"/unit",parentData:data,parentDataProperty:"unit",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
errors = vErrors.length;
}
}
if(data.running !== undefined){
let data1 = data.running;
if(typeof data1 !== "boolean"){
const err3 = {instancePath:instancePath+"/running",schemaPath:"#/properties/running/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema55.properties.running.type,parentSchema:schema55.properties.running,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.enabled !== undefined){
let data2 = data.enabled;
if(typeof data2 !== "boolean"){
const err4 = {instancePath:instancePath+"/enabled",schemaPath:"#/properties/enabled/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema55.properties.enabled.type,parentSchema:schema55.properties.enabled,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.masked !== undefined){
let data3 = data.masked;
if(typeof data3 !== "boolean"){
const err5 = {instancePath:instancePath+"/masked",schemaPath:"#/properties/masked/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema55.properties.masked.type,parentSchema:schema55.properties.masked,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema55.type,parentSchema:schema55,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate150.errors = vErrors;
return errors === 0;
}
validate150.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema56 = {"description":"Runs a program. This is code: the appliance's own ceiling must allow it.","type":"object","additionalProperties":false,"required":["argv"],"properties":{"argv":{"$ref":"#/$defs/argv"}}};

function validate153(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate153.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.argv === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "argv"},message:"must have required property '"+"argv"+"'",schema:schema56.required,parentSchema:schema56,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "argv")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema56,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.argv !== undefined){
if(!(validate97(data.argv, {instancePath:instancePath+"/argv",parentData:data,parentDataProperty:"argv",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate97.errors : vErrors.concat(validate97.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema56.type,parentSchema:schema56,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate153.errors = vErrors;
return errors === 0;
}
validate153.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate135(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate135.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err0 = {instancePath,schemaPath:"#/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties",schema:1,parentSchema:schema49,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(Object.keys(data).length < 1){
const err1 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema49,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((((key0 === "writeFile") || (key0 === "setKey")) || (key0 === "setMode")) || (key0 === "reload")) || (key0 === "service")) || (key0 === "run"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema49,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.writeFile !== undefined){
if(!(validate136(data.writeFile, {instancePath:instancePath+"/writeFile",parentData:data,parentDataProperty:"writeFile",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate136.errors : vErrors.concat(validate136.errors);
errors = vErrors.length;
}
}
if(data.setKey !== undefined){
if(!(validate141(data.setKey, {instancePath:instancePath+"/setKey",parentData:data,parentDataProperty:"setKey",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate141.errors : vErrors.concat(validate141.errors);
errors = vErrors.length;
}
}
if(data.setMode !== undefined){
if(!(validate144(data.setMode, {instancePath:instancePath+"/setMode",parentData:data,parentDataProperty:"setMode",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate144.errors : vErrors.concat(validate144.errors);
errors = vErrors.length;
}
}
if(data.reload !== undefined){
if(!(validate148(data.reload, {instancePath:instancePath+"/reload",parentData:data,parentDataProperty:"reload",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate148.errors : vErrors.concat(validate148.errors);
errors = vErrors.length;
}
}
if(data.service !== undefined){
if(!(validate150(data.service, {instancePath:instancePath+"/service",parentData:data,parentDataProperty:"service",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate150.errors : vErrors.concat(validate150.errors);
errors = vErrors.length;
}
}
if(data.run !== undefined){
if(!(validate153(data.run, {instancePath:instancePath+"/run",parentData:data,parentDataProperty:"run",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate153.errors : vErrors.concat(validate153.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema49.type,parentSchema:schema49,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate135.errors = vErrors;
return errors === 0;
}
validate135.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema57 = {"description":"One step back: exactly one of its members.","type":"object","additionalProperties":false,"minProperties":1,"maxProperties":1,"properties":{"writeFile":{"$ref":"#/$defs/writeFile"},"setKey":{"$ref":"#/$defs/setKey"},"setMode":{"$ref":"#/$defs/setMode"},"reload":{"$ref":"#/$defs/reload"},"service":{"$ref":"#/$defs/service"},"run":{"$ref":"#/$defs/run"},"restoreFile":{"$ref":"#/$defs/restoreFile"},"restoreService":{"$ref":"#/$defs/restoreService"}}};
const schema58 = {"description":"Puts back the file this heal found, or removes it when there was none.","type":"object","additionalProperties":false,"required":["path"],"properties":{"path":{"$ref":"#/$defs/absolutePath"}}};

function validate164(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate164.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'",schema:schema58.required,parentSchema:schema58,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "path")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema58,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.path !== undefined){
if(!(validate92(data.path, {instancePath:instancePath+"/path",parentData:data,parentDataProperty:"path",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate92.errors : vErrors.concat(validate92.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema58.type,parentSchema:schema58,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate164.errors = vErrors;
return errors === 0;
}
validate164.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema59 = {"description":"Puts back the state in which this heal found a unit.","type":"object","additionalProperties":false,"required":["unit"],"properties":{"unit":{"$ref":"#/$defs/unit"}}};

function validate167(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate167.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.unit === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "unit"},message:"must have required property '"+"unit"+"'",schema:schema59.required,parentSchema:schema59,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "unit")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema59,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.unit !== undefined){
if(!(validate99(data.unit, {instancePath:instancePath+"/unit",parentData:data,parentDataProperty:"unit",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema59.type,parentSchema:schema59,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate167.errors = vErrors;
return errors === 0;
}
validate167.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate157(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate157.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err0 = {instancePath,schemaPath:"#/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties",schema:1,parentSchema:schema57,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(Object.keys(data).length < 1){
const err1 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema57,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((((((key0 === "writeFile") || (key0 === "setKey")) || (key0 === "setMode")) || (key0 === "reload")) || (key0 === "service")) || (key0 === "run")) || (key0 === "restoreFile")) || (key0 === "restoreService"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema57,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.writeFile !== undefined){
if(!(validate136(data.writeFile, {instancePath:instancePath+"/writeFile",parentData:data,parentDataProperty:"writeFile",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate136.errors : vErrors.concat(validate136.errors);
errors = vErrors.length;
}
}
if(data.setKey !== undefined){
if(!(validate141(data.setKey, {instancePath:instancePath+"/setKey",parentData:data,parentDataProperty:"setKey",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate141.errors : vErrors.concat(validate141.errors);
errors = vErrors.length;
}
}
if(data.setMode !== undefined){
if(!(validate144(data.setMode, {instancePath:instancePath+"/setMode",parentData:data,parentDataProperty:"setMode",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate144.errors : vErrors.concat(validate144.errors);
errors = vErrors.length;
}
}
if(data.reload !== undefined){
if(!(validate148(data.reload, {instancePath:instancePath+"/reload",parentData:data,parentDataProperty:"reload",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate148.errors : vErrors.concat(validate148.errors);
errors = vErrors.length;
}
}
if(data.service !== undefined){
if(!(validate150(data.service, {instancePath:instancePath+"/service",parentData:data,parentDataProperty:"service",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate150.errors : vErrors.concat(validate150.errors);
errors = vErrors.length;
}
}
if(data.run !== undefined){
if(!(validate153(data.run, {instancePath:instancePath+"/run",parentData:data,parentDataProperty:"run",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate153.errors : vErrors.concat(validate153.errors);
errors = vErrors.length;
}
}
if(data.restoreFile !== undefined){
if(!(validate164(data.restoreFile, {instancePath:instancePath+"/restoreFile",parentData:data,parentDataProperty:"restoreFile",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate164.errors : vErrors.concat(validate164.errors);
errors = vErrors.length;
}
}
if(data.restoreService !== undefined){
if(!(validate167(data.restoreService, {instancePath:instancePath+"/restoreService",parentData:data,parentDataProperty:"restoreService",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate167.errors : vErrors.concat(validate167.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema57.type,parentSchema:schema57,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate157.errors = vErrors;
return errors === 0;
}
validate157.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema60 = {"description":"How much harm it can do when it goes wrong.","enum":["low","medium","high"]};

function validate171(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate171.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(((data === "low") || (data === "medium")) || (data === "high"))){
const err0 = {instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema60.enum},message:"must be equal to one of the allowed values",schema:schema60.enum,parentSchema:schema60,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate171.errors = vErrors;
return errors === 0;
}
validate171.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate132(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate132.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.title === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "title"},message:"must have required property '"+"title"+"'",schema:schema48.required,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.platform === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "platform"},message:"must have required property '"+"platform"+"'",schema:schema48.required,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.steps === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "steps"},message:"must have required property '"+"steps"+"'",schema:schema48.required,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.undo === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "undo"},message:"must have required property '"+"undo"+"'",schema:schema48.required,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.risk === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "risk"},message:"must have required property '"+"risk"+"'",schema:schema48.required,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.class === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "class"},message:"must have required property '"+"class"+"'",schema:schema48.required,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.disruptive === undefined){
const err6 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "disruptive"},message:"must have required property '"+"disruptive"+"'",schema:schema48.required,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data.reboot === undefined){
const err7 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "reboot"},message:"must have required property '"+"reboot"+"'",schema:schema48.required,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data.timeout === undefined){
const err8 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "timeout"},message:"must have required property '"+"timeout"+"'",schema:schema48.required,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
for(const key0 in data){
if(!(func18.call(schema48.properties, key0))){
const err9 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.title !== undefined){
if(!(validate62(data.title, {instancePath:instancePath+"/title",parentData:data,parentDataProperty:"title",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data.platform !== undefined){
if(!(validate86(data.platform, {instancePath:instancePath+"/platform",parentData:data,parentDataProperty:"platform",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data.steps !== undefined){
let data2 = data.steps;
if(Array.isArray(data2)){
if(data2.length > 32){
const err10 = {instancePath:instancePath+"/steps",schemaPath:"#/properties/steps/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema48.properties.steps,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data2.length < 1){
const err11 = {instancePath:instancePath+"/steps",schemaPath:"#/properties/steps/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema48.properties.steps,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(!(validate135(data2[i0], {instancePath:instancePath+"/steps/" + i0,parentData:data2,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate135.errors : vErrors.concat(validate135.errors);
errors = vErrors.length;
}
}
}
else {
const err12 = {instancePath:instancePath+"/steps",schemaPath:"#/properties/steps/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema48.properties.steps.type,parentSchema:schema48.properties.steps,data:data2};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.undo !== undefined){
let data4 = data.undo;
if(Array.isArray(data4)){
if(data4.length > 32){
const err13 = {instancePath:instancePath+"/undo",schemaPath:"#/properties/undo/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema48.properties.undo,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
if(!(validate157(data4[i1], {instancePath:instancePath+"/undo/" + i1,parentData:data4,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate157.errors : vErrors.concat(validate157.errors);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath:instancePath+"/undo",schemaPath:"#/properties/undo/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema48.properties.undo.type,parentSchema:schema48.properties.undo,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.risk !== undefined){
if(!(validate171(data.risk, {instancePath:instancePath+"/risk",parentData:data,parentDataProperty:"risk",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate171.errors : vErrors.concat(validate171.errors);
errors = vErrors.length;
}
}
if(data.class !== undefined){
if(!(validate111(data.class, {instancePath:instancePath+"/class",parentData:data,parentDataProperty:"class",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate111.errors : vErrors.concat(validate111.errors);
errors = vErrors.length;
}
}
if(data.disruptive !== undefined){
let data8 = data.disruptive;
if(typeof data8 !== "boolean"){
const err15 = {instancePath:instancePath+"/disruptive",schemaPath:"#/properties/disruptive/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema48.properties.disruptive.type,parentSchema:schema48.properties.disruptive,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.reboot !== undefined){
let data9 = data.reboot;
if(typeof data9 !== "boolean"){
const err16 = {instancePath:instancePath+"/reboot",schemaPath:"#/properties/reboot/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema48.properties.reboot.type,parentSchema:schema48.properties.reboot,data:data9};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.timeout !== undefined){
if(!(validate89(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
}
else {
const err17 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema48.type,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
validate132.errors = vErrors;
return errors === 0;
}
validate132.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate129(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate129.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema47.required,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema47.required,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'",schema:schema47.required,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'",schema:schema47.required,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.apiVersion !== undefined){
if(!(validate54(data.apiVersion, {instancePath:instancePath+"/apiVersion",parentData:data,parentDataProperty:"apiVersion",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("Runbook" !== data1){
const err5 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "Runbook"},message:"must be equal to constant",schema:"Runbook",parentSchema:schema47.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate56(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
if(!(validate132(data.spec, {instancePath:instancePath+"/spec",parentData:data,parentDataProperty:"spec",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate132.errors : vErrors.concat(validate132.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema47.type,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate129.errors = vErrors;
return errors === 0;
}
validate129.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const validateDrill = validate176;
const schema61 = {"title":"Drill","description":"Breaks a thing for real, to see that its check fails, and that its runbook heals it or, where a person acts instead, that one is told.","type":"object","additionalProperties":false,"required":["apiVersion","kind","metadata","spec"],"properties":{"apiVersion":{"$ref":"#/$defs/apiVersion"},"kind":{"description":"The kind of document.","const":"Drill"},"metadata":{"$ref":"#/$defs/metadata"},"spec":{"title":"DrillSpec","description":"How to break it and what the check must then say.","type":"object","additionalProperties":false,"required":["check","platform","break","expect"],"properties":{"check":{"description":"The check that must see it.","$ref":"#/$defs/name"},"platform":{"$ref":"#/$defs/platform"},"prepare":{"description":"The steps, in order, that bring a host to where the check passes, when no rule does; what they change is put back, too.","type":"array","minItems":1,"maxItems":32,"items":{"$ref":"#/$defs/step"}},"break":{"description":"The steps that break it, in order; folders that are missing are made. Whoever runs the drill notes the files and units they change, and puts them back at the end.","type":"array","minItems":1,"maxItems":32,"items":{"$ref":"#/$defs/step"}},"expect":{"title":"DrillExpectation","description":"What the check must say afterwards.","type":"object","additionalProperties":false,"required":["verdict"],"properties":{"verdict":{"description":"Always fail.","const":"fail"},"observed":{"description":"Recorded values that must be so.","type":"object","minProperties":1,"maxProperties":32,"propertyNames":{"pattern":"^[a-z][A-Za-z0-9_]{0,47}$"},"additionalProperties":{"description":"The recorded value.","type":["string","integer","boolean","null"],"maxLength":64}}}},"restore":{"description":"The steps that put back what was changed beyond those files and units, in order.","type":"array","minItems":1,"maxItems":32,"items":{"$ref":"#/$defs/step"}},"needs":{"title":"DrillNeeds","description":"What a host must have, or the drill shows nothing there and is not run.","type":"object","additionalProperties":false,"minProperties":1,"properties":{"packages":{"description":"Debian packages that must be installed.","type":"array","minItems":1,"maxItems":16,"uniqueItems":true,"items":{"type":"string","$ref":"#/$defs/packageName"}},"own":{"description":"What a container has no own of: the settings and modules of its kernel, its record of system calls (audit), its clock, its disks.","type":"array","minItems":1,"maxItems":4,"uniqueItems":true,"items":{"type":"string","description":"A part of a machine.","enum":["kernel","audit","clock","disks"]}}}}}}}};

function validate176(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate176.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema61.required,parentSchema:schema61,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema61.required,parentSchema:schema61,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'",schema:schema61.required,parentSchema:schema61,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'",schema:schema61.required,parentSchema:schema61,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema61,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.apiVersion !== undefined){
if(!(validate54(data.apiVersion, {instancePath:instancePath+"/apiVersion",parentData:data,parentDataProperty:"apiVersion",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("Drill" !== data1){
const err5 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "Drill"},message:"must be equal to constant",schema:"Drill",parentSchema:schema61.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate56(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
let data3 = data.spec;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.check === undefined){
const err6 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "check"},message:"must have required property '"+"check"+"'",schema:schema61.properties.spec.required,parentSchema:schema61.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data3.platform === undefined){
const err7 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "platform"},message:"must have required property '"+"platform"+"'",schema:schema61.properties.spec.required,parentSchema:schema61.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data3.break === undefined){
const err8 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "break"},message:"must have required property '"+"break"+"'",schema:schema61.properties.spec.required,parentSchema:schema61.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data3.expect === undefined){
const err9 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "expect"},message:"must have required property '"+"expect"+"'",schema:schema61.properties.spec.required,parentSchema:schema61.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
for(const key1 in data3){
if(!(((((((key1 === "check") || (key1 === "platform")) || (key1 === "prepare")) || (key1 === "break")) || (key1 === "expect")) || (key1 === "restore")) || (key1 === "needs"))){
const err10 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema61.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data3.check !== undefined){
if(!(validate57(data3.check, {instancePath:instancePath+"/spec/check",parentData:data3,parentDataProperty:"check",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data3.platform !== undefined){
if(!(validate86(data3.platform, {instancePath:instancePath+"/spec/platform",parentData:data3,parentDataProperty:"platform",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data3.prepare !== undefined){
let data6 = data3.prepare;
if(Array.isArray(data6)){
if(data6.length > 32){
const err11 = {instancePath:instancePath+"/spec/prepare",schemaPath:"#/properties/spec/properties/prepare/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema61.properties.spec.properties.prepare,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data6.length < 1){
const err12 = {instancePath:instancePath+"/spec/prepare",schemaPath:"#/properties/spec/properties/prepare/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema61.properties.spec.properties.prepare,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
if(!(validate135(data6[i0], {instancePath:instancePath+"/spec/prepare/" + i0,parentData:data6,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate135.errors : vErrors.concat(validate135.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath:instancePath+"/spec/prepare",schemaPath:"#/properties/spec/properties/prepare/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema61.properties.spec.properties.prepare.type,parentSchema:schema61.properties.spec.properties.prepare,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data3.break !== undefined){
let data8 = data3.break;
if(Array.isArray(data8)){
if(data8.length > 32){
const err14 = {instancePath:instancePath+"/spec/break",schemaPath:"#/properties/spec/properties/break/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema61.properties.spec.properties.break,data:data8};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data8.length < 1){
const err15 = {instancePath:instancePath+"/spec/break",schemaPath:"#/properties/spec/properties/break/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema61.properties.spec.properties.break,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
if(!(validate135(data8[i1], {instancePath:instancePath+"/spec/break/" + i1,parentData:data8,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate135.errors : vErrors.concat(validate135.errors);
errors = vErrors.length;
}
}
}
else {
const err16 = {instancePath:instancePath+"/spec/break",schemaPath:"#/properties/spec/properties/break/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema61.properties.spec.properties.break.type,parentSchema:schema61.properties.spec.properties.break,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data3.expect !== undefined){
let data10 = data3.expect;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.verdict === undefined){
const err17 = {instancePath:instancePath+"/spec/expect",schemaPath:"#/properties/spec/properties/expect/required",keyword:"required",params:{missingProperty: "verdict"},message:"must have required property '"+"verdict"+"'",schema:schema61.properties.spec.properties.expect.required,parentSchema:schema61.properties.spec.properties.expect,data:data10};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
for(const key2 in data10){
if(!((key2 === "verdict") || (key2 === "observed"))){
const err18 = {instancePath:instancePath+"/spec/expect",schemaPath:"#/properties/spec/properties/expect/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema61.properties.spec.properties.expect,data:data10};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data10.verdict !== undefined){
let data11 = data10.verdict;
if("fail" !== data11){
const err19 = {instancePath:instancePath+"/spec/expect/verdict",schemaPath:"#/properties/spec/properties/expect/properties/verdict/const",keyword:"const",params:{allowedValue: "fail"},message:"must be equal to constant",schema:"fail",parentSchema:schema61.properties.spec.properties.expect.properties.verdict,data:data11};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data10.observed !== undefined){
let data12 = data10.observed;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(Object.keys(data12).length > 32){
const err20 = {instancePath:instancePath+"/spec/expect/observed",schemaPath:"#/properties/spec/properties/expect/properties/observed/maxProperties",keyword:"maxProperties",params:{limit: 32},message:"must NOT have more than 32 properties",schema:32,parentSchema:schema61.properties.spec.properties.expect.properties.observed,data:data12};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(Object.keys(data12).length < 1){
const err21 = {instancePath:instancePath+"/spec/expect/observed",schemaPath:"#/properties/spec/properties/expect/properties/observed/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema61.properties.spec.properties.expect.properties.observed,data:data12};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
for(const key3 in data12){
const _errs22 = errors;
if(typeof key3 === "string"){
if(!pattern17.test(key3)){
const err22 = {instancePath:instancePath+"/spec/expect/observed",schemaPath:"#/properties/spec/properties/expect/properties/observed/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-z][A-Za-z0-9_]{0,47}$"},message:"must match pattern \""+"^[a-z][A-Za-z0-9_]{0,47}$"+"\"",schema:"^[a-z][A-Za-z0-9_]{0,47}$",parentSchema:schema61.properties.spec.properties.expect.properties.observed.propertyNames,data:key3,propertyName:key3};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
var valid7 = _errs22 === errors;
if(!valid7){
const err23 = {instancePath:instancePath+"/spec/expect/observed",schemaPath:"#/properties/spec/properties/expect/properties/observed/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid",schema:schema61.properties.spec.properties.expect.properties.observed.propertyNames,parentSchema:schema61.properties.spec.properties.expect.properties.observed,data:data12};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
for(const key4 in data12){
let data13 = data12[key4];
if((((typeof data13 !== "string") && (!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13))))) && (typeof data13 !== "boolean")) && (data13 !== null)){
const err24 = {instancePath:instancePath+"/spec/expect/observed/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/spec/properties/expect/properties/observed/additionalProperties/type",keyword:"type",params:{type: schema61.properties.spec.properties.expect.properties.observed.additionalProperties.type},message:"must be string,integer,boolean,null",schema:schema61.properties.spec.properties.expect.properties.observed.additionalProperties.type,parentSchema:schema61.properties.spec.properties.expect.properties.observed.additionalProperties,data:data13};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(typeof data13 === "string"){
if(func1(data13) > 64){
const err25 = {instancePath:instancePath+"/spec/expect/observed/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/spec/properties/expect/properties/observed/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters",schema:64,parentSchema:schema61.properties.spec.properties.expect.properties.observed.additionalProperties,data:data13};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
}
else {
const err26 = {instancePath:instancePath+"/spec/expect/observed",schemaPath:"#/properties/spec/properties/expect/properties/observed/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema61.properties.spec.properties.expect.properties.observed.type,parentSchema:schema61.properties.spec.properties.expect.properties.observed,data:data12};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
else {
const err27 = {instancePath:instancePath+"/spec/expect",schemaPath:"#/properties/spec/properties/expect/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema61.properties.spec.properties.expect.type,parentSchema:schema61.properties.spec.properties.expect,data:data10};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data3.restore !== undefined){
let data14 = data3.restore;
if(Array.isArray(data14)){
if(data14.length > 32){
const err28 = {instancePath:instancePath+"/spec/restore",schemaPath:"#/properties/spec/properties/restore/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema61.properties.spec.properties.restore,data:data14};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(data14.length < 1){
const err29 = {instancePath:instancePath+"/spec/restore",schemaPath:"#/properties/spec/properties/restore/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema61.properties.spec.properties.restore,data:data14};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
const len2 = data14.length;
for(let i2=0; i2<len2; i2++){
if(!(validate135(data14[i2], {instancePath:instancePath+"/spec/restore/" + i2,parentData:data14,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate135.errors : vErrors.concat(validate135.errors);
errors = vErrors.length;
}
}
}
else {
const err30 = {instancePath:instancePath+"/spec/restore",schemaPath:"#/properties/spec/properties/restore/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema61.properties.spec.properties.restore.type,parentSchema:schema61.properties.spec.properties.restore,data:data14};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data3.needs !== undefined){
let data16 = data3.needs;
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
if(Object.keys(data16).length < 1){
const err31 = {instancePath:instancePath+"/spec/needs",schemaPath:"#/properties/spec/properties/needs/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema61.properties.spec.properties.needs,data:data16};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
for(const key5 in data16){
if(!((key5 === "packages") || (key5 === "own"))){
const err32 = {instancePath:instancePath+"/spec/needs",schemaPath:"#/properties/spec/properties/needs/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema61.properties.spec.properties.needs,data:data16};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data16.packages !== undefined){
let data17 = data16.packages;
if(Array.isArray(data17)){
if(data17.length > 16){
const err33 = {instancePath:instancePath+"/spec/needs/packages",schemaPath:"#/properties/spec/properties/needs/properties/packages/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema61.properties.spec.properties.needs.properties.packages,data:data17};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(data17.length < 1){
const err34 = {instancePath:instancePath+"/spec/needs/packages",schemaPath:"#/properties/spec/properties/needs/properties/packages/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema61.properties.spec.properties.needs.properties.packages,data:data17};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
const len3 = data17.length;
for(let i3=0; i3<len3; i3++){
let data18 = data17[i3];
if(typeof data18 !== "string"){
const err35 = {instancePath:instancePath+"/spec/needs/packages/" + i3,schemaPath:"#/properties/spec/properties/needs/properties/packages/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema61.properties.spec.properties.needs.properties.packages.items.type,parentSchema:schema61.properties.spec.properties.needs.properties.packages.items,data:data18};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(!(validate104(data18, {instancePath:instancePath+"/spec/needs/packages/" + i3,parentData:data17,parentDataProperty:i3,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate104.errors : vErrors.concat(validate104.errors);
errors = vErrors.length;
}
}
let i4 = data17.length;
let j0;
if(i4 > 1){
const indices0 = {};
for(;i4--;){
let item0 = data17[i4];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err36 = {instancePath:instancePath+"/spec/needs/packages",schemaPath:"#/properties/spec/properties/needs/properties/packages/uniqueItems",keyword:"uniqueItems",params:{i: i4, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i4+" are identical)",schema:true,parentSchema:schema61.properties.spec.properties.needs.properties.packages,data:data17};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
break;
}
indices0[item0] = i4;
}
}
}
else {
const err37 = {instancePath:instancePath+"/spec/needs/packages",schemaPath:"#/properties/spec/properties/needs/properties/packages/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema61.properties.spec.properties.needs.properties.packages.type,parentSchema:schema61.properties.spec.properties.needs.properties.packages,data:data17};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data16.own !== undefined){
let data19 = data16.own;
if(Array.isArray(data19)){
if(data19.length > 4){
const err38 = {instancePath:instancePath+"/spec/needs/own",schemaPath:"#/properties/spec/properties/needs/properties/own/maxItems",keyword:"maxItems",params:{limit: 4},message:"must NOT have more than 4 items",schema:4,parentSchema:schema61.properties.spec.properties.needs.properties.own,data:data19};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if(data19.length < 1){
const err39 = {instancePath:instancePath+"/spec/needs/own",schemaPath:"#/properties/spec/properties/needs/properties/own/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema61.properties.spec.properties.needs.properties.own,data:data19};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
const len4 = data19.length;
for(let i5=0; i5<len4; i5++){
let data20 = data19[i5];
if(typeof data20 !== "string"){
const err40 = {instancePath:instancePath+"/spec/needs/own/" + i5,schemaPath:"#/properties/spec/properties/needs/properties/own/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema61.properties.spec.properties.needs.properties.own.items.type,parentSchema:schema61.properties.spec.properties.needs.properties.own.items,data:data20};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if(!((((data20 === "kernel") || (data20 === "audit")) || (data20 === "clock")) || (data20 === "disks"))){
const err41 = {instancePath:instancePath+"/spec/needs/own/" + i5,schemaPath:"#/properties/spec/properties/needs/properties/own/items/enum",keyword:"enum",params:{allowedValues: schema61.properties.spec.properties.needs.properties.own.items.enum},message:"must be equal to one of the allowed values",schema:schema61.properties.spec.properties.needs.properties.own.items.enum,parentSchema:schema61.properties.spec.properties.needs.properties.own.items,data:data20};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
let i6 = data19.length;
let j1;
if(i6 > 1){
const indices1 = {};
for(;i6--;){
let item1 = data19[i6];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err42 = {instancePath:instancePath+"/spec/needs/own",schemaPath:"#/properties/spec/properties/needs/properties/own/uniqueItems",keyword:"uniqueItems",params:{i: i6, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i6+" are identical)",schema:true,parentSchema:schema61.properties.spec.properties.needs.properties.own,data:data19};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
break;
}
indices1[item1] = i6;
}
}
}
else {
const err43 = {instancePath:instancePath+"/spec/needs/own",schemaPath:"#/properties/spec/properties/needs/properties/own/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema61.properties.spec.properties.needs.properties.own.type,parentSchema:schema61.properties.spec.properties.needs.properties.own,data:data19};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
else {
const err44 = {instancePath:instancePath+"/spec/needs",schemaPath:"#/properties/spec/properties/needs/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema61.properties.spec.properties.needs.type,parentSchema:schema61.properties.spec.properties.needs,data:data16};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
}
else {
const err45 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema61.properties.spec.type,parentSchema:schema61.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
else {
const err46 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema61.type,parentSchema:schema61,data};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
validate176.errors = vErrors;
return errors === 0;
}
validate176.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const validatePartner = validate185;
const schema62 = {"title":"Partner","description":"A managed service provider, and all that is below its folder.","type":"object","additionalProperties":false,"required":["apiVersion","kind","metadata","spec"],"properties":{"apiVersion":{"$ref":"#/$defs/apiVersion"},"kind":{"description":"The kind of document.","const":"Partner"},"metadata":{"$ref":"#/$defs/metadata"},"spec":{"title":"PartnerSpec","description":"Who the partner is.","type":"object","additionalProperties":false,"required":["id","displayName"],"properties":{"id":{"description":"The partner's identity.","$ref":"#/$defs/ulid"},"displayName":{"description":"The partner's name, for people.","$ref":"#/$defs/title"},"authority":{"description":"Who signs decisions such as enrolment.","type":"object","additionalProperties":false,"required":["publicKey"],"properties":{"publicKey":{"description":"The authority's Ed25519 public key.","$ref":"#/$defs/hex64"}}},"log":{"description":"The partner's log of evidence.","type":"object","additionalProperties":false,"required":["origin"],"properties":{"origin":{"description":"The log's name: letters, digits and . _ : / @ -, at most 128. It never changes.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$"},"vkey":{"description":"The key that signs the log's checkpoints: origin+id+key, as the partner's trust file has it.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}$"},"witnesses":{"description":"Who cosigns the log's checkpoints, after seeing that each follows on from the one before.","type":"array","minItems":1,"maxItems":16,"items":{"description":"One witness.","type":"object","additionalProperties":false,"required":["vkey"],"properties":{"vkey":{"description":"Its key, as `compline witness init` prints it: name+id+key; the name is a path of lower-case words.","type":"string","pattern":"^[a-z0-9][a-z0-9.-]{0,62}(?:/[a-z0-9][a-z0-9.-]{0,62}){0,3}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}$"},"branch":{"description":"The branch of this repository that it pushes what it cosigned to; the branch that the controller follows when left out.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9_-]{0,62}(?:/[A-Za-z0-9][A-Za-z0-9_-]{0,62}){0,3}$"}}}},"quorum":{"description":"How many witnesses must have cosigned a checkpoint for it to count as witnessed; none when left out.","type":"integer","minimum":1,"maximum":16}}},"anchors":{"description":"Who timestamps the log's roots, by OpenTimestamps. Without it nothing is anchored.","type":"object","additionalProperties":false,"required":["calendars"],"properties":{"calendars":{"description":"Calendars that are asked, each by the address that it names itself.","type":"array","minItems":1,"maxItems":16,"items":{"description":"One calendar.","type":"object","additionalProperties":false,"required":["url","operator"],"properties":{"url":{"description":"The calendar's address: https, or http at 127.0.0.1; letters, digits and . _ / : -, without a slash at its end.","type":"string","maxLength":200,"pattern":"^(?:https://[A-Za-z0-9]|http://127\\.0\\.0\\.1(?=[:/]|$))[A-Za-z0-9._/:-]*(?<!/)$"},"operator":{"description":"Who runs it. Calendars of one operator fail together.","$ref":"#/$defs/title"}}}},"atLeast":{"description":"How many calendars must answer for a root to count as stamped; 2 when left out.","type":"integer","minimum":1,"maximum":16},"interval":{"description":"How often the newest root is stamped while the log grows; 1h when left out.","$ref":"#/$defs/duration"}}},"killSwitch":{"$ref":"#/$defs/killSwitch"}}}}};
const schema63 = {"description":"A ULID: 26 characters, upper case. It never changes and is never used again.","type":"string","pattern":"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"};
const pattern25 = new RegExp("^[0-7][0-9A-HJKMNP-TV-Z]{25}$", "u");

function validate188(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate188.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern25.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},message:"must match pattern \""+"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"+"\"",schema:"^[0-7][0-9A-HJKMNP-TV-Z]{25}$",parentSchema:schema63,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema63.type,parentSchema:schema63,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate188.errors = vErrors;
return errors === 0;
}
validate188.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema64 = {"description":"32 bytes as 64 lower-case hexadecimal digits.","type":"string","pattern":"^[0-9a-f]{64}$"};
const pattern26 = new RegExp("^[0-9a-f]{64}$", "u");

function validate191(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate191.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern26.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\"",schema:"^[0-9a-f]{64}$",parentSchema:schema64,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema64.type,parentSchema:schema64,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate191.errors = vErrors;
return errors === 0;
}
validate191.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema65 = {"description":"Stops all healing below it while engaged. It is obeyed even from a tree that is otherwise refused.","type":"object","additionalProperties":false,"required":["engaged","reason"],"properties":{"engaged":{"description":"true stops healing.","type":"boolean"},"reason":{"description":"Why: one line for people, at most 300 characters, without control characters and marks that turn the direction of text.","type":"string","minLength":1,"maxLength":300,"pattern":"^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]*$"}}};

function validate195(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate195.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.engaged === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "engaged"},message:"must have required property '"+"engaged"+"'",schema:schema65.required,parentSchema:schema65,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.reason === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'",schema:schema65.required,parentSchema:schema65,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "engaged") || (key0 === "reason"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema65,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.engaged !== undefined){
let data0 = data.engaged;
if(typeof data0 !== "boolean"){
const err3 = {instancePath:instancePath+"/engaged",schemaPath:"#/properties/engaged/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema65.properties.engaged.type,parentSchema:schema65.properties.engaged,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.reason !== undefined){
let data1 = data.reason;
if(typeof data1 === "string"){
if(func1(data1) > 300){
const err4 = {instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 300},message:"must NOT have more than 300 characters",schema:300,parentSchema:schema65.properties.reason,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(func1(data1) < 1){
const err5 = {instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema65.properties.reason,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(!pattern5.test(data1)){
const err6 = {instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]*$"},message:"must match pattern \""+"^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]*$"+"\"",schema:"^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]*$",parentSchema:schema65.properties.reason,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema65.properties.reason.type,parentSchema:schema65.properties.reason,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema65.type,parentSchema:schema65,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate195.errors = vErrors;
return errors === 0;
}
validate195.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const pattern27 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$", "u");
const pattern28 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}$", "u");
const pattern29 = new RegExp("^[a-z0-9][a-z0-9.-]{0,62}(?:/[a-z0-9][a-z0-9.-]{0,62}){0,3}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}$", "u");
const pattern30 = new RegExp("^[A-Za-z0-9][A-Za-z0-9_-]{0,62}(?:/[A-Za-z0-9][A-Za-z0-9_-]{0,62}){0,3}$", "u");
const pattern31 = new RegExp("^(?:https://[A-Za-z0-9]|http://127\\.0\\.0\\.1(?=[:/]|$))[A-Za-z0-9._/:-]*(?<!/)$", "u");

function validate185(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate185.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema62.required,parentSchema:schema62,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema62.required,parentSchema:schema62,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'",schema:schema62.required,parentSchema:schema62,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'",schema:schema62.required,parentSchema:schema62,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema62,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.apiVersion !== undefined){
if(!(validate54(data.apiVersion, {instancePath:instancePath+"/apiVersion",parentData:data,parentDataProperty:"apiVersion",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("Partner" !== data1){
const err5 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "Partner"},message:"must be equal to constant",schema:"Partner",parentSchema:schema62.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate56(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
let data3 = data.spec;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.id === undefined){
const err6 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'",schema:schema62.properties.spec.required,parentSchema:schema62.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data3.displayName === undefined){
const err7 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "displayName"},message:"must have required property '"+"displayName"+"'",schema:schema62.properties.spec.required,parentSchema:schema62.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
for(const key1 in data3){
if(!((((((key1 === "id") || (key1 === "displayName")) || (key1 === "authority")) || (key1 === "log")) || (key1 === "anchors")) || (key1 === "killSwitch"))){
const err8 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema62.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data3.id !== undefined){
if(!(validate188(data3.id, {instancePath:instancePath+"/spec/id",parentData:data3,parentDataProperty:"id",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate188.errors : vErrors.concat(validate188.errors);
errors = vErrors.length;
}
}
if(data3.displayName !== undefined){
if(!(validate62(data3.displayName, {instancePath:instancePath+"/spec/displayName",parentData:data3,parentDataProperty:"displayName",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data3.authority !== undefined){
let data6 = data3.authority;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.publicKey === undefined){
const err9 = {instancePath:instancePath+"/spec/authority",schemaPath:"#/properties/spec/properties/authority/required",keyword:"required",params:{missingProperty: "publicKey"},message:"must have required property '"+"publicKey"+"'",schema:schema62.properties.spec.properties.authority.required,parentSchema:schema62.properties.spec.properties.authority,data:data6};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
for(const key2 in data6){
if(!(key2 === "publicKey")){
const err10 = {instancePath:instancePath+"/spec/authority",schemaPath:"#/properties/spec/properties/authority/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema62.properties.spec.properties.authority,data:data6};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data6.publicKey !== undefined){
if(!(validate191(data6.publicKey, {instancePath:instancePath+"/spec/authority/publicKey",parentData:data6,parentDataProperty:"publicKey",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
errors = vErrors.length;
}
}
}
else {
const err11 = {instancePath:instancePath+"/spec/authority",schemaPath:"#/properties/spec/properties/authority/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema62.properties.spec.properties.authority.type,parentSchema:schema62.properties.spec.properties.authority,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data3.log !== undefined){
let data8 = data3.log;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.origin === undefined){
const err12 = {instancePath:instancePath+"/spec/log",schemaPath:"#/properties/spec/properties/log/required",keyword:"required",params:{missingProperty: "origin"},message:"must have required property '"+"origin"+"'",schema:schema62.properties.spec.properties.log.required,parentSchema:schema62.properties.spec.properties.log,data:data8};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
for(const key3 in data8){
if(!((((key3 === "origin") || (key3 === "vkey")) || (key3 === "witnesses")) || (key3 === "quorum"))){
const err13 = {instancePath:instancePath+"/spec/log",schemaPath:"#/properties/spec/properties/log/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema62.properties.spec.properties.log,data:data8};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data8.origin !== undefined){
let data9 = data8.origin;
if(typeof data9 === "string"){
if(!pattern27.test(data9)){
const err14 = {instancePath:instancePath+"/spec/log/origin",schemaPath:"#/properties/spec/properties/log/properties/origin/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$",parentSchema:schema62.properties.spec.properties.log.properties.origin,data:data9};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/spec/log/origin",schemaPath:"#/properties/spec/properties/log/properties/origin/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema62.properties.spec.properties.log.properties.origin.type,parentSchema:schema62.properties.spec.properties.log.properties.origin,data:data9};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data8.vkey !== undefined){
let data10 = data8.vkey;
if(typeof data10 === "string"){
if(!pattern28.test(data10)){
const err16 = {instancePath:instancePath+"/spec/log/vkey",schemaPath:"#/properties/spec/properties/log/properties/vkey/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}$",parentSchema:schema62.properties.spec.properties.log.properties.vkey,data:data10};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/spec/log/vkey",schemaPath:"#/properties/spec/properties/log/properties/vkey/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema62.properties.spec.properties.log.properties.vkey.type,parentSchema:schema62.properties.spec.properties.log.properties.vkey,data:data10};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data8.witnesses !== undefined){
let data11 = data8.witnesses;
if(Array.isArray(data11)){
if(data11.length > 16){
const err18 = {instancePath:instancePath+"/spec/log/witnesses",schemaPath:"#/properties/spec/properties/log/properties/witnesses/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema62.properties.spec.properties.log.properties.witnesses,data:data11};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data11.length < 1){
const err19 = {instancePath:instancePath+"/spec/log/witnesses",schemaPath:"#/properties/spec/properties/log/properties/witnesses/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema62.properties.spec.properties.log.properties.witnesses,data:data11};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
const len0 = data11.length;
for(let i0=0; i0<len0; i0++){
let data12 = data11[i0];
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(data12.vkey === undefined){
const err20 = {instancePath:instancePath+"/spec/log/witnesses/" + i0,schemaPath:"#/properties/spec/properties/log/properties/witnesses/items/required",keyword:"required",params:{missingProperty: "vkey"},message:"must have required property '"+"vkey"+"'",schema:schema62.properties.spec.properties.log.properties.witnesses.items.required,parentSchema:schema62.properties.spec.properties.log.properties.witnesses.items,data:data12};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
for(const key4 in data12){
if(!((key4 === "vkey") || (key4 === "branch"))){
const err21 = {instancePath:instancePath+"/spec/log/witnesses/" + i0,schemaPath:"#/properties/spec/properties/log/properties/witnesses/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema62.properties.spec.properties.log.properties.witnesses.items,data:data12};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data12.vkey !== undefined){
let data13 = data12.vkey;
if(typeof data13 === "string"){
if(!pattern29.test(data13)){
const err22 = {instancePath:instancePath+"/spec/log/witnesses/" + i0+"/vkey",schemaPath:"#/properties/spec/properties/log/properties/witnesses/items/properties/vkey/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9.-]{0,62}(?:/[a-z0-9][a-z0-9.-]{0,62}){0,3}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9.-]{0,62}(?:/[a-z0-9][a-z0-9.-]{0,62}){0,3}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}$"+"\"",schema:"^[a-z0-9][a-z0-9.-]{0,62}(?:/[a-z0-9][a-z0-9.-]{0,62}){0,3}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}$",parentSchema:schema62.properties.spec.properties.log.properties.witnesses.items.properties.vkey,data:data13};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/spec/log/witnesses/" + i0+"/vkey",schemaPath:"#/properties/spec/properties/log/properties/witnesses/items/properties/vkey/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema62.properties.spec.properties.log.properties.witnesses.items.properties.vkey.type,parentSchema:schema62.properties.spec.properties.log.properties.witnesses.items.properties.vkey,data:data13};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data12.branch !== undefined){
let data14 = data12.branch;
if(typeof data14 === "string"){
if(!pattern30.test(data14)){
const err24 = {instancePath:instancePath+"/spec/log/witnesses/" + i0+"/branch",schemaPath:"#/properties/spec/properties/log/properties/witnesses/items/properties/branch/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9_-]{0,62}(?:/[A-Za-z0-9][A-Za-z0-9_-]{0,62}){0,3}$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9_-]{0,62}(?:/[A-Za-z0-9][A-Za-z0-9_-]{0,62}){0,3}$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9_-]{0,62}(?:/[A-Za-z0-9][A-Za-z0-9_-]{0,62}){0,3}$",parentSchema:schema62.properties.spec.properties.log.properties.witnesses.items.properties.branch,data:data14};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/spec/log/witnesses/" + i0+"/branch",schemaPath:"#/properties/spec/properties/log/properties/witnesses/items/properties/branch/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema62.properties.spec.properties.log.properties.witnesses.items.properties.branch.type,parentSchema:schema62.properties.spec.properties.log.properties.witnesses.items.properties.branch,data:data14};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath:instancePath+"/spec/log/witnesses/" + i0,schemaPath:"#/properties/spec/properties/log/properties/witnesses/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema62.properties.spec.properties.log.properties.witnesses.items.type,parentSchema:schema62.properties.spec.properties.log.properties.witnesses.items,data:data12};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
else {
const err27 = {instancePath:instancePath+"/spec/log/witnesses",schemaPath:"#/properties/spec/properties/log/properties/witnesses/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema62.properties.spec.properties.log.properties.witnesses.type,parentSchema:schema62.properties.spec.properties.log.properties.witnesses,data:data11};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data8.quorum !== undefined){
let data15 = data8.quorum;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
const err28 = {instancePath:instancePath+"/spec/log/quorum",schemaPath:"#/properties/spec/properties/log/properties/quorum/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema62.properties.spec.properties.log.properties.quorum.type,parentSchema:schema62.properties.spec.properties.log.properties.quorum,data:data15};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 > 16 || isNaN(data15)){
const err29 = {instancePath:instancePath+"/spec/log/quorum",schemaPath:"#/properties/spec/properties/log/properties/quorum/maximum",keyword:"maximum",params:{comparison: "<=", limit: 16},message:"must be <= 16",schema:16,parentSchema:schema62.properties.spec.properties.log.properties.quorum,data:data15};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(data15 < 1 || isNaN(data15)){
const err30 = {instancePath:instancePath+"/spec/log/quorum",schemaPath:"#/properties/spec/properties/log/properties/quorum/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema62.properties.spec.properties.log.properties.quorum,data:data15};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
}
else {
const err31 = {instancePath:instancePath+"/spec/log",schemaPath:"#/properties/spec/properties/log/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema62.properties.spec.properties.log.type,parentSchema:schema62.properties.spec.properties.log,data:data8};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data3.anchors !== undefined){
let data16 = data3.anchors;
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
if(data16.calendars === undefined){
const err32 = {instancePath:instancePath+"/spec/anchors",schemaPath:"#/properties/spec/properties/anchors/required",keyword:"required",params:{missingProperty: "calendars"},message:"must have required property '"+"calendars"+"'",schema:schema62.properties.spec.properties.anchors.required,parentSchema:schema62.properties.spec.properties.anchors,data:data16};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
for(const key5 in data16){
if(!(((key5 === "calendars") || (key5 === "atLeast")) || (key5 === "interval"))){
const err33 = {instancePath:instancePath+"/spec/anchors",schemaPath:"#/properties/spec/properties/anchors/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema62.properties.spec.properties.anchors,data:data16};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data16.calendars !== undefined){
let data17 = data16.calendars;
if(Array.isArray(data17)){
if(data17.length > 16){
const err34 = {instancePath:instancePath+"/spec/anchors/calendars",schemaPath:"#/properties/spec/properties/anchors/properties/calendars/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema62.properties.spec.properties.anchors.properties.calendars,data:data17};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(data17.length < 1){
const err35 = {instancePath:instancePath+"/spec/anchors/calendars",schemaPath:"#/properties/spec/properties/anchors/properties/calendars/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema62.properties.spec.properties.anchors.properties.calendars,data:data17};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
const len1 = data17.length;
for(let i1=0; i1<len1; i1++){
let data18 = data17[i1];
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
if(data18.url === undefined){
const err36 = {instancePath:instancePath+"/spec/anchors/calendars/" + i1,schemaPath:"#/properties/spec/properties/anchors/properties/calendars/items/required",keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'",schema:schema62.properties.spec.properties.anchors.properties.calendars.items.required,parentSchema:schema62.properties.spec.properties.anchors.properties.calendars.items,data:data18};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(data18.operator === undefined){
const err37 = {instancePath:instancePath+"/spec/anchors/calendars/" + i1,schemaPath:"#/properties/spec/properties/anchors/properties/calendars/items/required",keyword:"required",params:{missingProperty: "operator"},message:"must have required property '"+"operator"+"'",schema:schema62.properties.spec.properties.anchors.properties.calendars.items.required,parentSchema:schema62.properties.spec.properties.anchors.properties.calendars.items,data:data18};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
for(const key6 in data18){
if(!((key6 === "url") || (key6 === "operator"))){
const err38 = {instancePath:instancePath+"/spec/anchors/calendars/" + i1,schemaPath:"#/properties/spec/properties/anchors/properties/calendars/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema62.properties.spec.properties.anchors.properties.calendars.items,data:data18};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data18.url !== undefined){
let data19 = data18.url;
if(typeof data19 === "string"){
if(func1(data19) > 200){
const err39 = {instancePath:instancePath+"/spec/anchors/calendars/" + i1+"/url",schemaPath:"#/properties/spec/properties/anchors/properties/calendars/items/properties/url/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema62.properties.spec.properties.anchors.properties.calendars.items.properties.url,data:data19};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(!pattern31.test(data19)){
const err40 = {instancePath:instancePath+"/spec/anchors/calendars/" + i1+"/url",schemaPath:"#/properties/spec/properties/anchors/properties/calendars/items/properties/url/pattern",keyword:"pattern",params:{pattern: "^(?:https://[A-Za-z0-9]|http://127\\.0\\.0\\.1(?=[:/]|$))[A-Za-z0-9._/:-]*(?<!/)$"},message:"must match pattern \""+"^(?:https://[A-Za-z0-9]|http://127\\.0\\.0\\.1(?=[:/]|$))[A-Za-z0-9._/:-]*(?<!/)$"+"\"",schema:"^(?:https://[A-Za-z0-9]|http://127\\.0\\.0\\.1(?=[:/]|$))[A-Za-z0-9._/:-]*(?<!/)$",parentSchema:schema62.properties.spec.properties.anchors.properties.calendars.items.properties.url,data:data19};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath:instancePath+"/spec/anchors/calendars/" + i1+"/url",schemaPath:"#/properties/spec/properties/anchors/properties/calendars/items/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema62.properties.spec.properties.anchors.properties.calendars.items.properties.url.type,parentSchema:schema62.properties.spec.properties.anchors.properties.calendars.items.properties.url,data:data19};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data18.operator !== undefined){
if(!(validate62(data18.operator, {instancePath:instancePath+"/spec/anchors/calendars/" + i1+"/operator",parentData:data18,parentDataProperty:"operator",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
}
else {
const err42 = {instancePath:instancePath+"/spec/anchors/calendars/" + i1,schemaPath:"#/properties/spec/properties/anchors/properties/calendars/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema62.properties.spec.properties.anchors.properties.calendars.items.type,parentSchema:schema62.properties.spec.properties.anchors.properties.calendars.items,data:data18};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
else {
const err43 = {instancePath:instancePath+"/spec/anchors/calendars",schemaPath:"#/properties/spec/properties/anchors/properties/calendars/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema62.properties.spec.properties.anchors.properties.calendars.type,parentSchema:schema62.properties.spec.properties.anchors.properties.calendars,data:data17};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data16.atLeast !== undefined){
let data21 = data16.atLeast;
if(!(((typeof data21 == "number") && (!(data21 % 1) && !isNaN(data21))) && (isFinite(data21)))){
const err44 = {instancePath:instancePath+"/spec/anchors/atLeast",schemaPath:"#/properties/spec/properties/anchors/properties/atLeast/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema62.properties.spec.properties.anchors.properties.atLeast.type,parentSchema:schema62.properties.spec.properties.anchors.properties.atLeast,data:data21};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if((typeof data21 == "number") && (isFinite(data21))){
if(data21 > 16 || isNaN(data21)){
const err45 = {instancePath:instancePath+"/spec/anchors/atLeast",schemaPath:"#/properties/spec/properties/anchors/properties/atLeast/maximum",keyword:"maximum",params:{comparison: "<=", limit: 16},message:"must be <= 16",schema:16,parentSchema:schema62.properties.spec.properties.anchors.properties.atLeast,data:data21};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
if(data21 < 1 || isNaN(data21)){
const err46 = {instancePath:instancePath+"/spec/anchors/atLeast",schemaPath:"#/properties/spec/properties/anchors/properties/atLeast/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema62.properties.spec.properties.anchors.properties.atLeast,data:data21};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
if(data16.interval !== undefined){
if(!(validate89(data16.interval, {instancePath:instancePath+"/spec/anchors/interval",parentData:data16,parentDataProperty:"interval",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
}
else {
const err47 = {instancePath:instancePath+"/spec/anchors",schemaPath:"#/properties/spec/properties/anchors/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema62.properties.spec.properties.anchors.type,parentSchema:schema62.properties.spec.properties.anchors,data:data16};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data3.killSwitch !== undefined){
if(!(validate195(data3.killSwitch, {instancePath:instancePath+"/spec/killSwitch",parentData:data3,parentDataProperty:"killSwitch",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate195.errors : vErrors.concat(validate195.errors);
errors = vErrors.length;
}
}
}
else {
const err48 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema62.properties.spec.type,parentSchema:schema62.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
else {
const err49 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema62.type,parentSchema:schema62,data};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
validate185.errors = vErrors;
return errors === 0;
}
validate185.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const validateSite = validate197;
const schema66 = {"title":"Site","description":"One client site: its frameworks, its healing limits and its hosts.","type":"object","additionalProperties":false,"required":["apiVersion","kind","metadata","spec"],"properties":{"apiVersion":{"$ref":"#/$defs/apiVersion"},"kind":{"description":"The kind of document.","const":"Site"},"metadata":{"$ref":"#/$defs/metadata"},"spec":{"title":"SiteSpec","description":"What is looked at and how far healing goes.","type":"object","additionalProperties":false,"required":["id","displayName","timeZone","healing","hosts"],"properties":{"id":{"description":"The site's identity.","$ref":"#/$defs/ulid"},"displayName":{"description":"The site's name, for people.","$ref":"#/$defs/title"},"timeZone":{"description":"The IANA zone its times are shown in and its maintenance windows are meant in, such as Europe/Lisbon.","$ref":"#/$defs/timeZone"},"frameworks":{"description":"The frameworks that apply, beside those of the preset.","type":"array","minItems":1,"maxItems":32,"uniqueItems":true,"items":{"type":"string","$ref":"#/$defs/name"}},"preset":{"description":"A set of frameworks that apply, by its name in frameworks/presets.","$ref":"#/$defs/name"},"cadence":{"description":"How often every check runs here, in place of the checks' own intervals.","$ref":"#/$defs/duration"},"healing":{"title":"SiteHealing","description":"How far healing goes at this site.","type":"object","additionalProperties":false,"required":["mode","riskCeiling"],"properties":{"mode":{"$ref":"#/$defs/healingMode"},"riskCeiling":{"description":"The highest risk a runbook may have.","$ref":"#/$defs/risk"},"windows":{"description":"The only times at which anything is healed. Without it, any time.","type":"array","minItems":1,"maxItems":16,"items":{"title":"SiteWindow","description":"A maintenance window on some days of the week.","type":"object","additionalProperties":false,"required":["days","start","end"],"properties":{"days":{"$ref":"#/$defs/weekdays"},"start":{"description":"When it starts. A time that the clock skips: the moment it skips it. One that comes twice: the first.","$ref":"#/$defs/timeOfDay"},"end":{"description":"When it ends, likewise; a time that is not after the start is on the next day.","$ref":"#/$defs/timeOfDay"},"timeZone":{"description":"The zone of these times, when it is not the site's.","$ref":"#/$defs/timeZone"}}}}}},"killSwitch":{"$ref":"#/$defs/killSwitch"},"hosts":{"description":"The machines that are looked at.","type":"array","minItems":1,"maxItems":1000,"items":{"title":"Host","description":"One machine.","type":"object","additionalProperties":false,"required":["id","name","platform","appliance","transport"],"properties":{"id":{"description":"The host's identity.","$ref":"#/$defs/ulid"},"name":{"description":"The host's name.","$ref":"#/$defs/name"},"platform":{"$ref":"#/$defs/platform"},"appliance":{"description":"The appliance that looks at it.","$ref":"#/$defs/name"},"transport":{"$ref":"#/$defs/transport"},"labels":{"$ref":"#/$defs/labels"}}}}},"if":{"not":{"required":["preset"]}},"then":{"description":"A member \"frameworks\" or \"preset\", or both.","required":["frameworks"]}}}};
const schema67 = {"description":"A zone of the IANA database, such as Europe/Lisbon.","type":"string","maxLength":64,"pattern":"^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}$"};
const pattern33 = new RegExp("^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}$", "u");

function validate202(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate202.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 64){
const err0 = {instancePath,schemaPath:"#/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters",schema:64,parentSchema:schema67,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!pattern33.test(data)){
const err1 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}$",parentSchema:schema67,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema67.type,parentSchema:schema67,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate202.errors = vErrors;
return errors === 0;
}
validate202.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema68 = {"description":"off: only observe. dry-run: say what would be done. standard and full: do it, full also what is disruptive.","enum":["off","dry-run","standard","full"]};

function validate207(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate207.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!((((data === "off") || (data === "dry-run")) || (data === "standard")) || (data === "full"))){
const err0 = {instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema68.enum},message:"must be equal to one of the allowed values",schema:schema68.enum,parentSchema:schema68,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate207.errors = vErrors;
return errors === 0;
}
validate207.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema69 = {"description":"The days of the week on which it starts.","type":"array","minItems":1,"maxItems":7,"uniqueItems":true,"items":{"type":"string","enum":["mon","tue","wed","thu","fri","sat","sun"]}};

function validate210(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate210.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
if(data.length > 7){
const err0 = {instancePath,schemaPath:"#/maxItems",keyword:"maxItems",params:{limit: 7},message:"must NOT have more than 7 items",schema:7,parentSchema:schema69,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.length < 1){
const err1 = {instancePath,schemaPath:"#/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema69,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema69.items.type,parentSchema:schema69.items,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!(((((((data0 === "mon") || (data0 === "tue")) || (data0 === "wed")) || (data0 === "thu")) || (data0 === "fri")) || (data0 === "sat")) || (data0 === "sun"))){
const err3 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/enum",keyword:"enum",params:{allowedValues: schema69.items.enum},message:"must be equal to one of the allowed values",schema:schema69.items.enum,parentSchema:schema69.items,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
let i1 = data.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err4 = {instancePath,schemaPath:"#/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema69,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema69.type,parentSchema:schema69,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate210.errors = vErrors;
return errors === 0;
}
validate210.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema70 = {"description":"A time on the wall clock, from 00:00 to 23:59.","type":"string","pattern":"^(?:[01][0-9]|2[0-3]):[0-5][0-9]$"};
const pattern34 = new RegExp("^(?:[01][0-9]|2[0-3]):[0-5][0-9]$", "u");

function validate212(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate212.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern34.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(?:[01][0-9]|2[0-3]):[0-5][0-9]$"},message:"must match pattern \""+"^(?:[01][0-9]|2[0-3]):[0-5][0-9]$"+"\"",schema:"^(?:[01][0-9]|2[0-3]):[0-5][0-9]$",parentSchema:schema70,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema70.type,parentSchema:schema70,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate212.errors = vErrors;
return errors === 0;
}
validate212.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema71 = {"description":"How the appliance reaches the host.","type":"object","additionalProperties":false,"required":["type"],"properties":{"type":{"description":"local: the appliance's own machine. ssh: a machine it logs in to with a key of its own.","enum":["local","ssh"]},"root":{"description":"For a practice host: a folder below the site's `practice/` folder, which stands for the root of a machine. Only files are read and written there.","type":"string","maxLength":200,"pattern":"^practice(?:/[a-z0-9][a-z0-9_-]{0,62})+$"},"address":{"description":"ssh: a host name or an IP address, without a port.","type":"string","pattern":"^(?!-)[A-Za-z0-9.:-]{1,253}$"},"port":{"description":"ssh: the port, 22 when it is not given.","type":"integer","minimum":1,"maximum":65535},"user":{"description":"ssh: the account to log in to.","type":"string","pattern":"^[a-z_][a-z0-9_.-]{0,31}$"},"hostKeys":{"description":"ssh: the host's public keys. A host that shows another key is not spoken to.","type":"array","minItems":1,"maxItems":4,"uniqueItems":true,"items":{"description":"A host key as /etc/ssh/ssh_host_*_key.pub holds it: type and base64, without a comment.","type":"string","pattern":"^(?:ssh-ed25519|ecdsa-sha2-nistp(?:256|384|521)|ssh-rsa) [A-Za-z0-9+/]{40,1400}={0,2}$"}},"credentialRef":{"description":"ssh: the name of the private key in the appliance's credential directory. The key itself is in no YAML.","$ref":"#/$defs/name"},"become":{"description":"ssh: sudo runs everything as root, by sudo without a password; without it, things are looked at and changed with the account's own rights.","const":"sudo"}},"if":{"required":["type"],"properties":{"type":{"const":"ssh"}}},"then":{"required":["address","user","hostKeys","credentialRef"],"properties":{"root":false}},"else":{"if":{"required":["type"],"properties":{"type":{"const":"local"}}},"then":{"properties":{"address":false,"port":false,"user":false,"hostKeys":false,"credentialRef":false,"become":false}}}};
const pattern35 = new RegExp("^practice(?:/[a-z0-9][a-z0-9_-]{0,62})+$", "u");
const pattern36 = new RegExp("^(?!-)[A-Za-z0-9.:-]{1,253}$", "u");
const pattern37 = new RegExp("^[a-z_][a-z0-9_.-]{0,31}$", "u");
const pattern38 = new RegExp("^(?:ssh-ed25519|ecdsa-sha2-nistp(?:256|384|521)|ssh-rsa) [A-Za-z0-9+/]{40,1400}={0,2}$", "u");

function validate221(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate221.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.type === undefined) && (missing0 = "type")){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
else {
if(data.type !== undefined){
if("ssh" !== data.type){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs4 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.address === undefined){
const err2 = {instancePath,schemaPath:"#/then/required",keyword:"required",params:{missingProperty: "address"},message:"must have required property '"+"address"+"'",schema:schema71.then.required,parentSchema:schema71.then,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.user === undefined){
const err3 = {instancePath,schemaPath:"#/then/required",keyword:"required",params:{missingProperty: "user"},message:"must have required property '"+"user"+"'",schema:schema71.then.required,parentSchema:schema71.then,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.hostKeys === undefined){
const err4 = {instancePath,schemaPath:"#/then/required",keyword:"required",params:{missingProperty: "hostKeys"},message:"must have required property '"+"hostKeys"+"'",schema:schema71.then.required,parentSchema:schema71.then,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.credentialRef === undefined){
const err5 = {instancePath,schemaPath:"#/then/required",keyword:"required",params:{missingProperty: "credentialRef"},message:"must have required property '"+"credentialRef"+"'",schema:schema71.then.required,parentSchema:schema71.then,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.root !== undefined){
const err6 = {instancePath:instancePath+"/root",schemaPath:"#/then/properties/root/false schema",keyword:"false schema",params:{},message:"boolean schema is false",schema:false,parentSchema:schema71.then.properties.root,data:data.root};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
if(valid0){
var props0 = {};
props0.root = true;
props0.type = true;
}
ifClause0 = "then";
}
else {
const _errs5 = errors;
const _errs6 = errors;
let valid3 = true;
const _errs7 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if((data.type === undefined) && (missing1 = "type")){
const err7 = {};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
else {
if(data.type !== undefined){
if("local" !== data.type){
const err8 = {};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
}
var _valid1 = _errs7 === errors;
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs9 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.address !== undefined){
const err9 = {instancePath:instancePath+"/address",schemaPath:"#/else/then/properties/address/false schema",keyword:"false schema",params:{},message:"boolean schema is false",schema:false,parentSchema:schema71.else.then.properties.address,data:data.address};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data.port !== undefined){
const err10 = {instancePath:instancePath+"/port",schemaPath:"#/else/then/properties/port/false schema",keyword:"false schema",params:{},message:"boolean schema is false",schema:false,parentSchema:schema71.else.then.properties.port,data:data.port};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data.user !== undefined){
const err11 = {instancePath:instancePath+"/user",schemaPath:"#/else/then/properties/user/false schema",keyword:"false schema",params:{},message:"boolean schema is false",schema:false,parentSchema:schema71.else.then.properties.user,data:data.user};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data.hostKeys !== undefined){
const err12 = {instancePath:instancePath+"/hostKeys",schemaPath:"#/else/then/properties/hostKeys/false schema",keyword:"false schema",params:{},message:"boolean schema is false",schema:false,parentSchema:schema71.else.then.properties.hostKeys,data:data.hostKeys};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data.credentialRef !== undefined){
const err13 = {instancePath:instancePath+"/credentialRef",schemaPath:"#/else/then/properties/credentialRef/false schema",keyword:"false schema",params:{},message:"boolean schema is false",schema:false,parentSchema:schema71.else.then.properties.credentialRef,data:data.credentialRef};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data.become !== undefined){
const err14 = {instancePath:instancePath+"/become",schemaPath:"#/else/then/properties/become/false schema",keyword:"false schema",params:{},message:"boolean schema is false",schema:false,parentSchema:schema71.else.then.properties.become,data:data.become};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
var _valid1 = _errs9 === errors;
valid3 = _valid1;
if(valid3){
var props1 = {};
props1.address = true;
props1.port = true;
props1.user = true;
props1.hostKeys = true;
props1.credentialRef = true;
props1.become = true;
props1.type = true;
}
}
if(!valid3){
const err15 = {instancePath,schemaPath:"#/else/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema71.else.if,parentSchema:schema71.else,data};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
var _valid0 = _errs5 === errors;
valid0 = _valid0;
if(valid0){
if(props0 !== true && props1 !== undefined){
if(props1 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props1);
}
}
}
ifClause0 = "else";
}
if(!valid0){
const err16 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema71.if,parentSchema:schema71,data};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err17 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema71.required,parentSchema:schema71,data};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
for(const key0 in data){
if(!((((((((key0 === "type") || (key0 === "root")) || (key0 === "address")) || (key0 === "port")) || (key0 === "user")) || (key0 === "hostKeys")) || (key0 === "credentialRef")) || (key0 === "become"))){
const err18 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema71,data};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.type !== undefined){
let data9 = data.type;
if(!((data9 === "local") || (data9 === "ssh"))){
const err19 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/enum",keyword:"enum",params:{allowedValues: schema71.properties.type.enum},message:"must be equal to one of the allowed values",schema:schema71.properties.type.enum,parentSchema:schema71.properties.type,data:data9};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.root !== undefined){
let data10 = data.root;
if(typeof data10 === "string"){
if(func1(data10) > 200){
const err20 = {instancePath:instancePath+"/root",schemaPath:"#/properties/root/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema71.properties.root,data:data10};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(!pattern35.test(data10)){
const err21 = {instancePath:instancePath+"/root",schemaPath:"#/properties/root/pattern",keyword:"pattern",params:{pattern: "^practice(?:/[a-z0-9][a-z0-9_-]{0,62})+$"},message:"must match pattern \""+"^practice(?:/[a-z0-9][a-z0-9_-]{0,62})+$"+"\"",schema:"^practice(?:/[a-z0-9][a-z0-9_-]{0,62})+$",parentSchema:schema71.properties.root,data:data10};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/root",schemaPath:"#/properties/root/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema71.properties.root.type,parentSchema:schema71.properties.root,data:data10};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.address !== undefined){
let data11 = data.address;
if(typeof data11 === "string"){
if(!pattern36.test(data11)){
const err23 = {instancePath:instancePath+"/address",schemaPath:"#/properties/address/pattern",keyword:"pattern",params:{pattern: "^(?!-)[A-Za-z0-9.:-]{1,253}$"},message:"must match pattern \""+"^(?!-)[A-Za-z0-9.:-]{1,253}$"+"\"",schema:"^(?!-)[A-Za-z0-9.:-]{1,253}$",parentSchema:schema71.properties.address,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/address",schemaPath:"#/properties/address/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema71.properties.address.type,parentSchema:schema71.properties.address,data:data11};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.port !== undefined){
let data12 = data.port;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
const err25 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema71.properties.port.type,parentSchema:schema71.properties.port,data:data12};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 65535 || isNaN(data12)){
const err26 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema71.properties.port,data:data12};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(data12 < 1 || isNaN(data12)){
const err27 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema71.properties.port,data:data12};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
if(data.user !== undefined){
let data13 = data.user;
if(typeof data13 === "string"){
if(!pattern37.test(data13)){
const err28 = {instancePath:instancePath+"/user",schemaPath:"#/properties/user/pattern",keyword:"pattern",params:{pattern: "^[a-z_][a-z0-9_.-]{0,31}$"},message:"must match pattern \""+"^[a-z_][a-z0-9_.-]{0,31}$"+"\"",schema:"^[a-z_][a-z0-9_.-]{0,31}$",parentSchema:schema71.properties.user,data:data13};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/user",schemaPath:"#/properties/user/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema71.properties.user.type,parentSchema:schema71.properties.user,data:data13};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data.hostKeys !== undefined){
let data14 = data.hostKeys;
if(Array.isArray(data14)){
if(data14.length > 4){
const err30 = {instancePath:instancePath+"/hostKeys",schemaPath:"#/properties/hostKeys/maxItems",keyword:"maxItems",params:{limit: 4},message:"must NOT have more than 4 items",schema:4,parentSchema:schema71.properties.hostKeys,data:data14};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(data14.length < 1){
const err31 = {instancePath:instancePath+"/hostKeys",schemaPath:"#/properties/hostKeys/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema71.properties.hostKeys,data:data14};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
const len0 = data14.length;
for(let i0=0; i0<len0; i0++){
let data15 = data14[i0];
if(typeof data15 === "string"){
if(!pattern38.test(data15)){
const err32 = {instancePath:instancePath+"/hostKeys/" + i0,schemaPath:"#/properties/hostKeys/items/pattern",keyword:"pattern",params:{pattern: "^(?:ssh-ed25519|ecdsa-sha2-nistp(?:256|384|521)|ssh-rsa) [A-Za-z0-9+/]{40,1400}={0,2}$"},message:"must match pattern \""+"^(?:ssh-ed25519|ecdsa-sha2-nistp(?:256|384|521)|ssh-rsa) [A-Za-z0-9+/]{40,1400}={0,2}$"+"\"",schema:"^(?:ssh-ed25519|ecdsa-sha2-nistp(?:256|384|521)|ssh-rsa) [A-Za-z0-9+/]{40,1400}={0,2}$",parentSchema:schema71.properties.hostKeys.items,data:data15};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/hostKeys/" + i0,schemaPath:"#/properties/hostKeys/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema71.properties.hostKeys.items.type,parentSchema:schema71.properties.hostKeys.items,data:data15};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
let i1 = data14.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data14[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err34 = {instancePath:instancePath+"/hostKeys",schemaPath:"#/properties/hostKeys/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema71.properties.hostKeys,data:data14};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err35 = {instancePath:instancePath+"/hostKeys",schemaPath:"#/properties/hostKeys/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema71.properties.hostKeys.type,parentSchema:schema71.properties.hostKeys,data:data14};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data.credentialRef !== undefined){
if(!(validate57(data.credentialRef, {instancePath:instancePath+"/credentialRef",parentData:data,parentDataProperty:"credentialRef",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data.become !== undefined){
let data17 = data.become;
if("sudo" !== data17){
const err36 = {instancePath:instancePath+"/become",schemaPath:"#/properties/become/const",keyword:"const",params:{allowedValue: "sudo"},message:"must be equal to constant",schema:"sudo",parentSchema:schema71.properties.become,data:data17};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema71.type,parentSchema:schema71,data};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
validate221.errors = vErrors;
return errors === 0;
}
validate221.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate197(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate197.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema66.required,parentSchema:schema66,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema66.required,parentSchema:schema66,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'",schema:schema66.required,parentSchema:schema66,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'",schema:schema66.required,parentSchema:schema66,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema66,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.apiVersion !== undefined){
if(!(validate54(data.apiVersion, {instancePath:instancePath+"/apiVersion",parentData:data,parentDataProperty:"apiVersion",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("Site" !== data1){
const err5 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "Site"},message:"must be equal to constant",schema:"Site",parentSchema:schema66.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate56(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
let data3 = data.spec;
const _errs7 = errors;
let valid1 = true;
const _errs8 = errors;
const _errs9 = errors;
const _errs10 = errors;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
let missing0;
if((data3.preset === undefined) && (missing0 = "preset")){
const err6 = {};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
var valid2 = _errs10 === errors;
if(valid2){
const err7 = {};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
else {
errors = _errs9;
if(vErrors !== null){
if(_errs9){
vErrors.length = _errs9;
}
else {
vErrors = null;
}
}
}
var _valid0 = _errs8 === errors;
errors = _errs7;
if(vErrors !== null){
if(_errs7){
vErrors.length = _errs7;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs11 = errors;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.frameworks === undefined){
const err8 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/then/required",keyword:"required",params:{missingProperty: "frameworks"},message:"must have required property '"+"frameworks"+"'",schema:schema66.properties.spec.then.required,parentSchema:schema66.properties.spec.then,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
var _valid0 = _errs11 === errors;
valid1 = _valid0;
}
if(!valid1){
const err9 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema66.properties.spec.if,parentSchema:schema66.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.id === undefined){
const err10 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'",schema:schema66.properties.spec.required,parentSchema:schema66.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data3.displayName === undefined){
const err11 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "displayName"},message:"must have required property '"+"displayName"+"'",schema:schema66.properties.spec.required,parentSchema:schema66.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data3.timeZone === undefined){
const err12 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "timeZone"},message:"must have required property '"+"timeZone"+"'",schema:schema66.properties.spec.required,parentSchema:schema66.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data3.healing === undefined){
const err13 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "healing"},message:"must have required property '"+"healing"+"'",schema:schema66.properties.spec.required,parentSchema:schema66.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data3.hosts === undefined){
const err14 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "hosts"},message:"must have required property '"+"hosts"+"'",schema:schema66.properties.spec.required,parentSchema:schema66.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
for(const key1 in data3){
if(!(func18.call(schema66.properties.spec.properties, key1))){
const err15 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema66.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data3.id !== undefined){
if(!(validate188(data3.id, {instancePath:instancePath+"/spec/id",parentData:data3,parentDataProperty:"id",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate188.errors : vErrors.concat(validate188.errors);
errors = vErrors.length;
}
}
if(data3.displayName !== undefined){
if(!(validate62(data3.displayName, {instancePath:instancePath+"/spec/displayName",parentData:data3,parentDataProperty:"displayName",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data3.timeZone !== undefined){
if(!(validate202(data3.timeZone, {instancePath:instancePath+"/spec/timeZone",parentData:data3,parentDataProperty:"timeZone",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate202.errors : vErrors.concat(validate202.errors);
errors = vErrors.length;
}
}
if(data3.frameworks !== undefined){
let data7 = data3.frameworks;
if(Array.isArray(data7)){
if(data7.length > 32){
const err16 = {instancePath:instancePath+"/spec/frameworks",schemaPath:"#/properties/spec/properties/frameworks/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema66.properties.spec.properties.frameworks,data:data7};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data7.length < 1){
const err17 = {instancePath:instancePath+"/spec/frameworks",schemaPath:"#/properties/spec/properties/frameworks/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema66.properties.spec.properties.frameworks,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if(typeof data8 !== "string"){
const err18 = {instancePath:instancePath+"/spec/frameworks/" + i0,schemaPath:"#/properties/spec/properties/frameworks/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema66.properties.spec.properties.frameworks.items.type,parentSchema:schema66.properties.spec.properties.frameworks.items,data:data8};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(!(validate57(data8, {instancePath:instancePath+"/spec/frameworks/" + i0,parentData:data7,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
let i1 = data7.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data7[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err19 = {instancePath:instancePath+"/spec/frameworks",schemaPath:"#/properties/spec/properties/frameworks/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema66.properties.spec.properties.frameworks,data:data7};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err20 = {instancePath:instancePath+"/spec/frameworks",schemaPath:"#/properties/spec/properties/frameworks/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema66.properties.spec.properties.frameworks.type,parentSchema:schema66.properties.spec.properties.frameworks,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data3.preset !== undefined){
if(!(validate57(data3.preset, {instancePath:instancePath+"/spec/preset",parentData:data3,parentDataProperty:"preset",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data3.cadence !== undefined){
if(!(validate89(data3.cadence, {instancePath:instancePath+"/spec/cadence",parentData:data3,parentDataProperty:"cadence",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
if(data3.healing !== undefined){
let data11 = data3.healing;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
if(data11.mode === undefined){
const err21 = {instancePath:instancePath+"/spec/healing",schemaPath:"#/properties/spec/properties/healing/required",keyword:"required",params:{missingProperty: "mode"},message:"must have required property '"+"mode"+"'",schema:schema66.properties.spec.properties.healing.required,parentSchema:schema66.properties.spec.properties.healing,data:data11};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data11.riskCeiling === undefined){
const err22 = {instancePath:instancePath+"/spec/healing",schemaPath:"#/properties/spec/properties/healing/required",keyword:"required",params:{missingProperty: "riskCeiling"},message:"must have required property '"+"riskCeiling"+"'",schema:schema66.properties.spec.properties.healing.required,parentSchema:schema66.properties.spec.properties.healing,data:data11};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
for(const key2 in data11){
if(!(((key2 === "mode") || (key2 === "riskCeiling")) || (key2 === "windows"))){
const err23 = {instancePath:instancePath+"/spec/healing",schemaPath:"#/properties/spec/properties/healing/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema66.properties.spec.properties.healing,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data11.mode !== undefined){
if(!(validate207(data11.mode, {instancePath:instancePath+"/spec/healing/mode",parentData:data11,parentDataProperty:"mode",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate207.errors : vErrors.concat(validate207.errors);
errors = vErrors.length;
}
}
if(data11.riskCeiling !== undefined){
if(!(validate171(data11.riskCeiling, {instancePath:instancePath+"/spec/healing/riskCeiling",parentData:data11,parentDataProperty:"riskCeiling",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate171.errors : vErrors.concat(validate171.errors);
errors = vErrors.length;
}
}
if(data11.windows !== undefined){
let data14 = data11.windows;
if(Array.isArray(data14)){
if(data14.length > 16){
const err24 = {instancePath:instancePath+"/spec/healing/windows",schemaPath:"#/properties/spec/properties/healing/properties/windows/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema66.properties.spec.properties.healing.properties.windows,data:data14};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data14.length < 1){
const err25 = {instancePath:instancePath+"/spec/healing/windows",schemaPath:"#/properties/spec/properties/healing/properties/windows/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema66.properties.spec.properties.healing.properties.windows,data:data14};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
const len1 = data14.length;
for(let i2=0; i2<len1; i2++){
let data15 = data14[i2];
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
if(data15.days === undefined){
const err26 = {instancePath:instancePath+"/spec/healing/windows/" + i2,schemaPath:"#/properties/spec/properties/healing/properties/windows/items/required",keyword:"required",params:{missingProperty: "days"},message:"must have required property '"+"days"+"'",schema:schema66.properties.spec.properties.healing.properties.windows.items.required,parentSchema:schema66.properties.spec.properties.healing.properties.windows.items,data:data15};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(data15.start === undefined){
const err27 = {instancePath:instancePath+"/spec/healing/windows/" + i2,schemaPath:"#/properties/spec/properties/healing/properties/windows/items/required",keyword:"required",params:{missingProperty: "start"},message:"must have required property '"+"start"+"'",schema:schema66.properties.spec.properties.healing.properties.windows.items.required,parentSchema:schema66.properties.spec.properties.healing.properties.windows.items,data:data15};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(data15.end === undefined){
const err28 = {instancePath:instancePath+"/spec/healing/windows/" + i2,schemaPath:"#/properties/spec/properties/healing/properties/windows/items/required",keyword:"required",params:{missingProperty: "end"},message:"must have required property '"+"end"+"'",schema:schema66.properties.spec.properties.healing.properties.windows.items.required,parentSchema:schema66.properties.spec.properties.healing.properties.windows.items,data:data15};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
for(const key3 in data15){
if(!((((key3 === "days") || (key3 === "start")) || (key3 === "end")) || (key3 === "timeZone"))){
const err29 = {instancePath:instancePath+"/spec/healing/windows/" + i2,schemaPath:"#/properties/spec/properties/healing/properties/windows/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema66.properties.spec.properties.healing.properties.windows.items,data:data15};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data15.days !== undefined){
if(!(validate210(data15.days, {instancePath:instancePath+"/spec/healing/windows/" + i2+"/days",parentData:data15,parentDataProperty:"days",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate210.errors : vErrors.concat(validate210.errors);
errors = vErrors.length;
}
}
if(data15.start !== undefined){
if(!(validate212(data15.start, {instancePath:instancePath+"/spec/healing/windows/" + i2+"/start",parentData:data15,parentDataProperty:"start",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate212.errors : vErrors.concat(validate212.errors);
errors = vErrors.length;
}
}
if(data15.end !== undefined){
if(!(validate212(data15.end, {instancePath:instancePath+"/spec/healing/windows/" + i2+"/end",parentData:data15,parentDataProperty:"end",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate212.errors : vErrors.concat(validate212.errors);
errors = vErrors.length;
}
}
if(data15.timeZone !== undefined){
if(!(validate202(data15.timeZone, {instancePath:instancePath+"/spec/healing/windows/" + i2+"/timeZone",parentData:data15,parentDataProperty:"timeZone",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate202.errors : vErrors.concat(validate202.errors);
errors = vErrors.length;
}
}
}
else {
const err30 = {instancePath:instancePath+"/spec/healing/windows/" + i2,schemaPath:"#/properties/spec/properties/healing/properties/windows/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema66.properties.spec.properties.healing.properties.windows.items.type,parentSchema:schema66.properties.spec.properties.healing.properties.windows.items,data:data15};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath:instancePath+"/spec/healing/windows",schemaPath:"#/properties/spec/properties/healing/properties/windows/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema66.properties.spec.properties.healing.properties.windows.type,parentSchema:schema66.properties.spec.properties.healing.properties.windows,data:data14};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath:instancePath+"/spec/healing",schemaPath:"#/properties/spec/properties/healing/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema66.properties.spec.properties.healing.type,parentSchema:schema66.properties.spec.properties.healing,data:data11};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data3.killSwitch !== undefined){
if(!(validate195(data3.killSwitch, {instancePath:instancePath+"/spec/killSwitch",parentData:data3,parentDataProperty:"killSwitch",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate195.errors : vErrors.concat(validate195.errors);
errors = vErrors.length;
}
}
if(data3.hosts !== undefined){
let data21 = data3.hosts;
if(Array.isArray(data21)){
if(data21.length > 1000){
const err33 = {instancePath:instancePath+"/spec/hosts",schemaPath:"#/properties/spec/properties/hosts/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema66.properties.spec.properties.hosts,data:data21};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(data21.length < 1){
const err34 = {instancePath:instancePath+"/spec/hosts",schemaPath:"#/properties/spec/properties/hosts/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema66.properties.spec.properties.hosts,data:data21};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
const len2 = data21.length;
for(let i3=0; i3<len2; i3++){
let data22 = data21[i3];
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
if(data22.id === undefined){
const err35 = {instancePath:instancePath+"/spec/hosts/" + i3,schemaPath:"#/properties/spec/properties/hosts/items/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'",schema:schema66.properties.spec.properties.hosts.items.required,parentSchema:schema66.properties.spec.properties.hosts.items,data:data22};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(data22.name === undefined){
const err36 = {instancePath:instancePath+"/spec/hosts/" + i3,schemaPath:"#/properties/spec/properties/hosts/items/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema66.properties.spec.properties.hosts.items.required,parentSchema:schema66.properties.spec.properties.hosts.items,data:data22};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(data22.platform === undefined){
const err37 = {instancePath:instancePath+"/spec/hosts/" + i3,schemaPath:"#/properties/spec/properties/hosts/items/required",keyword:"required",params:{missingProperty: "platform"},message:"must have required property '"+"platform"+"'",schema:schema66.properties.spec.properties.hosts.items.required,parentSchema:schema66.properties.spec.properties.hosts.items,data:data22};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(data22.appliance === undefined){
const err38 = {instancePath:instancePath+"/spec/hosts/" + i3,schemaPath:"#/properties/spec/properties/hosts/items/required",keyword:"required",params:{missingProperty: "appliance"},message:"must have required property '"+"appliance"+"'",schema:schema66.properties.spec.properties.hosts.items.required,parentSchema:schema66.properties.spec.properties.hosts.items,data:data22};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if(data22.transport === undefined){
const err39 = {instancePath:instancePath+"/spec/hosts/" + i3,schemaPath:"#/properties/spec/properties/hosts/items/required",keyword:"required",params:{missingProperty: "transport"},message:"must have required property '"+"transport"+"'",schema:schema66.properties.spec.properties.hosts.items.required,parentSchema:schema66.properties.spec.properties.hosts.items,data:data22};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
for(const key4 in data22){
if(!((((((key4 === "id") || (key4 === "name")) || (key4 === "platform")) || (key4 === "appliance")) || (key4 === "transport")) || (key4 === "labels"))){
const err40 = {instancePath:instancePath+"/spec/hosts/" + i3,schemaPath:"#/properties/spec/properties/hosts/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema66.properties.spec.properties.hosts.items,data:data22};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data22.id !== undefined){
if(!(validate188(data22.id, {instancePath:instancePath+"/spec/hosts/" + i3+"/id",parentData:data22,parentDataProperty:"id",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate188.errors : vErrors.concat(validate188.errors);
errors = vErrors.length;
}
}
if(data22.name !== undefined){
if(!(validate57(data22.name, {instancePath:instancePath+"/spec/hosts/" + i3+"/name",parentData:data22,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data22.platform !== undefined){
if(!(validate86(data22.platform, {instancePath:instancePath+"/spec/hosts/" + i3+"/platform",parentData:data22,parentDataProperty:"platform",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data22.appliance !== undefined){
if(!(validate57(data22.appliance, {instancePath:instancePath+"/spec/hosts/" + i3+"/appliance",parentData:data22,parentDataProperty:"appliance",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data22.transport !== undefined){
if(!(validate221(data22.transport, {instancePath:instancePath+"/spec/hosts/" + i3+"/transport",parentData:data22,parentDataProperty:"transport",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate221.errors : vErrors.concat(validate221.errors);
errors = vErrors.length;
}
}
if(data22.labels !== undefined){
if(!(validate59(data22.labels, {instancePath:instancePath+"/spec/hosts/" + i3+"/labels",parentData:data22,parentDataProperty:"labels",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
}
}
else {
const err41 = {instancePath:instancePath+"/spec/hosts/" + i3,schemaPath:"#/properties/spec/properties/hosts/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema66.properties.spec.properties.hosts.items.type,parentSchema:schema66.properties.spec.properties.hosts.items,data:data22};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
else {
const err42 = {instancePath:instancePath+"/spec/hosts",schemaPath:"#/properties/spec/properties/hosts/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema66.properties.spec.properties.hosts.type,parentSchema:schema66.properties.spec.properties.hosts,data:data21};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
else {
const err43 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema66.properties.spec.type,parentSchema:schema66.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
else {
const err44 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema66.type,parentSchema:schema66,data};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
validate197.errors = vErrors;
return errors === 0;
}
validate197.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const validateAppliance = validate225;
const schema72 = {"title":"Appliance","description":"The box at a site that looks, heals and signs.","type":"object","additionalProperties":false,"required":["apiVersion","kind","metadata","spec"],"properties":{"apiVersion":{"$ref":"#/$defs/apiVersion"},"kind":{"description":"The kind of document.","const":"Appliance"},"metadata":{"$ref":"#/$defs/metadata"},"spec":{"title":"ApplianceSpec","description":"Which box it is. Without id and publicKey it is declared, not enrolled.","type":"object","additionalProperties":false,"required":[],"properties":{"description":{"description":"What and where it is, for people.","type":"string","minLength":1,"maxLength":300},"id":{"description":"The appliance's identity, born on the box.","$ref":"#/$defs/ulid"},"publicKey":{"description":"The Ed25519 public key of the key that was born on the box.","$ref":"#/$defs/hex64"}},"dependentRequired":{"id":["publicKey"],"publicKey":["id"]}}}};

function validate225(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate225.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema72.required,parentSchema:schema72,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema72.required,parentSchema:schema72,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'",schema:schema72.required,parentSchema:schema72,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'",schema:schema72.required,parentSchema:schema72,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema72,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.apiVersion !== undefined){
if(!(validate54(data.apiVersion, {instancePath:instancePath+"/apiVersion",parentData:data,parentDataProperty:"apiVersion",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("Appliance" !== data1){
const err5 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "Appliance"},message:"must be equal to constant",schema:"Appliance",parentSchema:schema72.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate56(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
let data3 = data.spec;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
if(!(((key1 === "description") || (key1 === "id")) || (key1 === "publicKey"))){
const err6 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema72.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data3.description !== undefined){
let data4 = data3.description;
if(typeof data4 === "string"){
if(func1(data4) > 300){
const err7 = {instancePath:instancePath+"/spec/description",schemaPath:"#/properties/spec/properties/description/maxLength",keyword:"maxLength",params:{limit: 300},message:"must NOT have more than 300 characters",schema:300,parentSchema:schema72.properties.spec.properties.description,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(func1(data4) < 1){
const err8 = {instancePath:instancePath+"/spec/description",schemaPath:"#/properties/spec/properties/description/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema72.properties.spec.properties.description,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/spec/description",schemaPath:"#/properties/spec/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema72.properties.spec.properties.description.type,parentSchema:schema72.properties.spec.properties.description,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data3.id !== undefined){
if(!(validate188(data3.id, {instancePath:instancePath+"/spec/id",parentData:data3,parentDataProperty:"id",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate188.errors : vErrors.concat(validate188.errors);
errors = vErrors.length;
}
}
if(data3.publicKey !== undefined){
if(!(validate191(data3.publicKey, {instancePath:instancePath+"/spec/publicKey",parentData:data3,parentDataProperty:"publicKey",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
errors = vErrors.length;
}
}
if(data3.id !== undefined){
if(data3.publicKey === undefined){
const err10 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/dependentRequired",keyword:"dependentRequired",params:{property: "id",
    missingProperty: "publicKey",
    depsCount: 1,
    deps: "publicKey"},message:"must have property publicKey when property id is present",schema:schema72.properties.spec.dependentRequired,parentSchema:schema72.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data3.publicKey !== undefined){
if(data3.id === undefined){
const err11 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/dependentRequired",keyword:"dependentRequired",params:{property: "publicKey",
    missingProperty: "id",
    depsCount: 1,
    deps: "id"},message:"must have property id when property publicKey is present",schema:schema72.properties.spec.dependentRequired,parentSchema:schema72.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema72.properties.spec.type,parentSchema:schema72.properties.spec,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema72.type,parentSchema:schema72,data};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate225.errors = vErrors;
return errors === 0;
}
validate225.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const validateAssignment = validate230;
const schema73 = {"title":"Assignment","description":"Everything one appliance must do: content-addressed and signed.","type":"object","additionalProperties":false,"required":["schemaVersion","partner","site","appliance","generation","revision","issuedAt","healUntil","slice","files","pairs","checks","rules","runbooks","healing","hosts","intervals","definitions","heartbeatMs","library"],"properties":{"schemaVersion":{"description":"Version of this format.","const":"1"},"partner":{"description":"The partner.","$ref":"#/$defs/ulid"},"site":{"description":"The site.","$ref":"#/$defs/ulid"},"appliance":{"description":"The appliance; also the id of its chain.","$ref":"#/$defs/ulid"},"generation":{"description":"Grows with every assignment; a lower one is refused by the appliance.","type":"integer","minimum":0,"maximum":9007199254740991},"revision":{"description":"The commit it was derived from.","$ref":"#/$defs/revision"},"issuedAt":{"description":"When it was made.","$ref":"#/$defs/instant"},"healUntil":{"description":"From then on the appliance observes and signs, but does not heal.","$ref":"#/$defs/instant"},"slice":{"description":"SHA-256 of the canonical JSON of `files`.","$ref":"#/$defs/hex64"},"files":{"description":"Path and SHA-256 of every file it was derived from, sorted by path.","type":"array","maxItems":20000,"items":{"description":"The two, in this order.","type":"array","minItems":2,"maxItems":2,"prefixItems":[{"description":"The path in the repository.","type":"string","minLength":1,"maxLength":512},{"description":"SHA-256 of the file's bytes.","$ref":"#/$defs/hex64"}],"items":false}},"pairs":{"description":"Host and check, for everything that is looked at, sorted.","type":"array","maxItems":200000,"items":{"description":"The two, in this order.","type":"array","minItems":2,"maxItems":2,"prefixItems":[{"$ref":"#/$defs/ulid"},{"$ref":"#/$defs/name"}],"items":false}},"checks":{"description":"The digest of each check.","type":"object","maxProperties":5000,"propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/hex64"}},"rules":{"description":"The digest of each rule.","type":"object","maxProperties":5000,"propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/hex64"}},"runbooks":{"description":"The digest of each runbook.","type":"object","maxProperties":5000,"propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/hex64"}},"healing":{"title":"AssignmentHealing","description":"How far healing goes.","type":"object","additionalProperties":false,"required":["mode","riskCeiling","killSwitch","windows","declaredWindows"],"properties":{"mode":{"$ref":"#/$defs/healingMode"},"riskCeiling":{"description":"The highest risk a runbook may have.","$ref":"#/$defs/risk"},"killSwitch":{"description":"true stops all healing.","type":"boolean"},"windows":{"description":"The only times at which anything may be healed, up to `healUntil`, sorted and apart; null means any time.","anyOf":[{"type":"array","maxItems":256,"items":{"title":"AssignmentWindow","description":"From its start up to, not including, its end.","type":"object","additionalProperties":false,"required":["start","end"],"properties":{"start":{"description":"When it starts.","$ref":"#/$defs/instant"},"end":{"description":"When it ends.","$ref":"#/$defs/instant"}}}},{"type":"null"}]},"declaredWindows":{"description":"The maintenance windows as the site declares them, of which `windows` are the next ones; null when it declares none.","anyOf":[{"type":"array","maxItems":16,"items":{"title":"DeclaredWindow","description":"A maintenance window on some days of the week.","type":"object","additionalProperties":false,"required":["days","start","end","timeZone"],"properties":{"days":{"$ref":"#/$defs/weekdays"},"start":{"description":"When it starts.","$ref":"#/$defs/timeOfDay"},"end":{"description":"When it ends; a time that is not after the start is on the next day.","$ref":"#/$defs/timeOfDay"},"timeZone":{"description":"The zone of these times.","$ref":"#/$defs/timeZone"}}}},{"type":"null"}]}}},"hosts":{"description":"The hosts, sorted by id.","type":"array","maxItems":1000,"items":{"title":"AssignmentHost","description":"One host.","type":"object","additionalProperties":false,"required":["id","name","platform","transport"],"properties":{"id":{"$ref":"#/$defs/ulid"},"name":{"$ref":"#/$defs/name"},"platform":{"$ref":"#/$defs/platform"},"transport":{"$ref":"#/$defs/transport"}}}},"intervals":{"description":"How often each check runs, in milliseconds.","type":"object","maxProperties":5000,"propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"description":"Milliseconds.","type":"integer","minimum":1000,"maximum":8639913600000}},"definitions":{"title":"AssignmentDefinitions","description":"What the digests name.","type":"object","additionalProperties":false,"required":["checks","rules","runbooks"],"properties":{"checks":{"description":"The checks.","type":"object","maxProperties":5000,"propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/checkSpec"}},"rules":{"description":"The rules.","type":"object","maxProperties":5000,"propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/ruleSpec"}},"runbooks":{"description":"The runbooks.","type":"object","maxProperties":5000,"propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/runbookSpec"}}}},"heartbeatMs":{"description":"The longest the appliance stays silent, in milliseconds.","type":"integer","minimum":1000,"maximum":86400000},"library":{"title":"AssignmentLibrary","description":"The slot for a library manifest signed by a key that is not on the controller.","type":"object","additionalProperties":false,"required":["manifest","signature"],"properties":{"manifest":{"description":"The manifest; none yet.","type":"null"},"signature":{"description":"Its signature; none yet.","type":"null"}}}}};
const schema74 = {"description":"A git commit: 40 or 64 lower-case hexadecimal digits.","type":"string","pattern":"^(?:[0-9a-f]{40}|[0-9a-f]{64})$"};
const pattern39 = new RegExp("^(?:[0-9a-f]{40}|[0-9a-f]{64})$", "u");

function validate234(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate234.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern39.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(?:[0-9a-f]{40}|[0-9a-f]{64})$"},message:"must match pattern \""+"^(?:[0-9a-f]{40}|[0-9a-f]{64})$"+"\"",schema:"^(?:[0-9a-f]{40}|[0-9a-f]{64})$",parentSchema:schema74,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema74.type,parentSchema:schema74,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate234.errors = vErrors;
return errors === 0;
}
validate234.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema75 = {"description":"A time in UTC with milliseconds, such as 2026-11-23T18:00:00.000Z.","type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"};
const pattern40 = new RegExp("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$", "u");

function validate236(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate236.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern40.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"},message:"must match pattern \""+"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"+"\"",schema:"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$",parentSchema:schema75,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema75.type,parentSchema:schema75,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate236.errors = vErrors;
return errors === 0;
}
validate236.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate230(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate230.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.schemaVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "schemaVersion"},message:"must have required property '"+"schemaVersion"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.partner === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "partner"},message:"must have required property '"+"partner"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.site === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "site"},message:"must have required property '"+"site"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.appliance === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "appliance"},message:"must have required property '"+"appliance"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.generation === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "generation"},message:"must have required property '"+"generation"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.revision === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "revision"},message:"must have required property '"+"revision"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.issuedAt === undefined){
const err6 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "issuedAt"},message:"must have required property '"+"issuedAt"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data.healUntil === undefined){
const err7 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "healUntil"},message:"must have required property '"+"healUntil"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data.slice === undefined){
const err8 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "slice"},message:"must have required property '"+"slice"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data.files === undefined){
const err9 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "files"},message:"must have required property '"+"files"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data.pairs === undefined){
const err10 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "pairs"},message:"must have required property '"+"pairs"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data.checks === undefined){
const err11 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "checks"},message:"must have required property '"+"checks"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data.rules === undefined){
const err12 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "rules"},message:"must have required property '"+"rules"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data.runbooks === undefined){
const err13 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "runbooks"},message:"must have required property '"+"runbooks"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data.healing === undefined){
const err14 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "healing"},message:"must have required property '"+"healing"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data.hosts === undefined){
const err15 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "hosts"},message:"must have required property '"+"hosts"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data.intervals === undefined){
const err16 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "intervals"},message:"must have required property '"+"intervals"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data.definitions === undefined){
const err17 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "definitions"},message:"must have required property '"+"definitions"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data.heartbeatMs === undefined){
const err18 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "heartbeatMs"},message:"must have required property '"+"heartbeatMs"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data.library === undefined){
const err19 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "library"},message:"must have required property '"+"library"+"'",schema:schema73.required,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
for(const key0 in data){
if(!(func18.call(schema73.properties, key0))){
const err20 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.schemaVersion !== undefined){
let data0 = data.schemaVersion;
if("1" !== data0){
const err21 = {instancePath:instancePath+"/schemaVersion",schemaPath:"#/properties/schemaVersion/const",keyword:"const",params:{allowedValue: "1"},message:"must be equal to constant",schema:"1",parentSchema:schema73.properties.schemaVersion,data:data0};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.partner !== undefined){
if(!(validate188(data.partner, {instancePath:instancePath+"/partner",parentData:data,parentDataProperty:"partner",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate188.errors : vErrors.concat(validate188.errors);
errors = vErrors.length;
}
}
if(data.site !== undefined){
if(!(validate188(data.site, {instancePath:instancePath+"/site",parentData:data,parentDataProperty:"site",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate188.errors : vErrors.concat(validate188.errors);
errors = vErrors.length;
}
}
if(data.appliance !== undefined){
if(!(validate188(data.appliance, {instancePath:instancePath+"/appliance",parentData:data,parentDataProperty:"appliance",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate188.errors : vErrors.concat(validate188.errors);
errors = vErrors.length;
}
}
if(data.generation !== undefined){
let data4 = data.generation;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err22 = {instancePath:instancePath+"/generation",schemaPath:"#/properties/generation/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema73.properties.generation.type,parentSchema:schema73.properties.generation,data:data4};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 9007199254740991 || isNaN(data4)){
const err23 = {instancePath:instancePath+"/generation",schemaPath:"#/properties/generation/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991",schema:9007199254740991,parentSchema:schema73.properties.generation,data:data4};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data4 < 0 || isNaN(data4)){
const err24 = {instancePath:instancePath+"/generation",schemaPath:"#/properties/generation/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema73.properties.generation,data:data4};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
if(data.revision !== undefined){
if(!(validate234(data.revision, {instancePath:instancePath+"/revision",parentData:data,parentDataProperty:"revision",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate234.errors : vErrors.concat(validate234.errors);
errors = vErrors.length;
}
}
if(data.issuedAt !== undefined){
if(!(validate236(data.issuedAt, {instancePath:instancePath+"/issuedAt",parentData:data,parentDataProperty:"issuedAt",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate236.errors : vErrors.concat(validate236.errors);
errors = vErrors.length;
}
}
if(data.healUntil !== undefined){
if(!(validate236(data.healUntil, {instancePath:instancePath+"/healUntil",parentData:data,parentDataProperty:"healUntil",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate236.errors : vErrors.concat(validate236.errors);
errors = vErrors.length;
}
}
if(data.slice !== undefined){
if(!(validate191(data.slice, {instancePath:instancePath+"/slice",parentData:data,parentDataProperty:"slice",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
errors = vErrors.length;
}
}
if(data.files !== undefined){
let data9 = data.files;
if(Array.isArray(data9)){
if(data9.length > 20000){
const err25 = {instancePath:instancePath+"/files",schemaPath:"#/properties/files/maxItems",keyword:"maxItems",params:{limit: 20000},message:"must NOT have more than 20000 items",schema:20000,parentSchema:schema73.properties.files,data:data9};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
const len0 = data9.length;
for(let i0=0; i0<len0; i0++){
let data10 = data9[i0];
if(Array.isArray(data10)){
if(data10.length > 2){
const err26 = {instancePath:instancePath+"/files/" + i0,schemaPath:"#/properties/files/items/maxItems",keyword:"maxItems",params:{limit: 2},message:"must NOT have more than 2 items",schema:2,parentSchema:schema73.properties.files.items,data:data10};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(data10.length < 2){
const err27 = {instancePath:instancePath+"/files/" + i0,schemaPath:"#/properties/files/items/minItems",keyword:"minItems",params:{limit: 2},message:"must NOT have fewer than 2 items",schema:2,parentSchema:schema73.properties.files.items,data:data10};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
const len1 = data10.length;
if(len1 > 0){
let data11 = data10[0];
if(typeof data11 === "string"){
if(func1(data11) > 512){
const err28 = {instancePath:instancePath+"/files/" + i0+"/0",schemaPath:"#/properties/files/items/prefixItems/0/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters",schema:512,parentSchema:schema73.properties.files.items.prefixItems[0],data:data11};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(func1(data11) < 1){
const err29 = {instancePath:instancePath+"/files/" + i0+"/0",schemaPath:"#/properties/files/items/prefixItems/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema73.properties.files.items.prefixItems[0],data:data11};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
else {
const err30 = {instancePath:instancePath+"/files/" + i0+"/0",schemaPath:"#/properties/files/items/prefixItems/0/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema73.properties.files.items.prefixItems[0].type,parentSchema:schema73.properties.files.items.prefixItems[0],data:data11};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(len1 > 1){
if(!(validate191(data10[1], {instancePath:instancePath+"/files/" + i0+"/1",parentData:data10,parentDataProperty:1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
errors = vErrors.length;
}
}
const len2 = data10.length;
if(!(len2 <= 2)){
const err31 = {instancePath:instancePath+"/files/" + i0,schemaPath:"#/properties/files/items/items",keyword:"items",params:{limit: 2},message:"must NOT have more than 2 items",schema:false,parentSchema:schema73.properties.files.items,data:data10};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/files/" + i0,schemaPath:"#/properties/files/items/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema73.properties.files.items.type,parentSchema:schema73.properties.files.items,data:data10};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath:instancePath+"/files",schemaPath:"#/properties/files/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema73.properties.files.type,parentSchema:schema73.properties.files,data:data9};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data.pairs !== undefined){
let data13 = data.pairs;
if(Array.isArray(data13)){
if(data13.length > 200000){
const err34 = {instancePath:instancePath+"/pairs",schemaPath:"#/properties/pairs/maxItems",keyword:"maxItems",params:{limit: 200000},message:"must NOT have more than 200000 items",schema:200000,parentSchema:schema73.properties.pairs,data:data13};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
const len3 = data13.length;
for(let i1=0; i1<len3; i1++){
let data14 = data13[i1];
if(Array.isArray(data14)){
if(data14.length > 2){
const err35 = {instancePath:instancePath+"/pairs/" + i1,schemaPath:"#/properties/pairs/items/maxItems",keyword:"maxItems",params:{limit: 2},message:"must NOT have more than 2 items",schema:2,parentSchema:schema73.properties.pairs.items,data:data14};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(data14.length < 2){
const err36 = {instancePath:instancePath+"/pairs/" + i1,schemaPath:"#/properties/pairs/items/minItems",keyword:"minItems",params:{limit: 2},message:"must NOT have fewer than 2 items",schema:2,parentSchema:schema73.properties.pairs.items,data:data14};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
const len4 = data14.length;
if(len4 > 0){
if(!(validate188(data14[0], {instancePath:instancePath+"/pairs/" + i1+"/0",parentData:data14,parentDataProperty:0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate188.errors : vErrors.concat(validate188.errors);
errors = vErrors.length;
}
}
if(len4 > 1){
if(!(validate57(data14[1], {instancePath:instancePath+"/pairs/" + i1+"/1",parentData:data14,parentDataProperty:1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
const len5 = data14.length;
if(!(len5 <= 2)){
const err37 = {instancePath:instancePath+"/pairs/" + i1,schemaPath:"#/properties/pairs/items/items",keyword:"items",params:{limit: 2},message:"must NOT have more than 2 items",schema:false,parentSchema:schema73.properties.pairs.items,data:data14};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
else {
const err38 = {instancePath:instancePath+"/pairs/" + i1,schemaPath:"#/properties/pairs/items/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema73.properties.pairs.items.type,parentSchema:schema73.properties.pairs.items,data:data14};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
}
else {
const err39 = {instancePath:instancePath+"/pairs",schemaPath:"#/properties/pairs/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema73.properties.pairs.type,parentSchema:schema73.properties.pairs,data:data13};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data.checks !== undefined){
let data17 = data.checks;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
if(Object.keys(data17).length > 5000){
const err40 = {instancePath:instancePath+"/checks",schemaPath:"#/properties/checks/maxProperties",keyword:"maxProperties",params:{limit: 5000},message:"must NOT have more than 5000 properties",schema:5000,parentSchema:schema73.properties.checks,data:data17};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
for(const key1 in data17){
const _errs27 = errors;
if(!(validate57(key1, {instancePath:instancePath+"/checks",parentData:data17,parentDataProperty:"checks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
var valid7 = _errs27 === errors;
if(!valid7){
const err41 = {instancePath:instancePath+"/checks",schemaPath:"#/properties/checks/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema73.properties.checks.propertyNames,parentSchema:schema73.properties.checks,data:data17};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
for(const key2 in data17){
if(!(validate191(data17[key2], {instancePath:instancePath+"/checks/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data17,parentDataProperty:key2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
errors = vErrors.length;
}
}
}
else {
const err42 = {instancePath:instancePath+"/checks",schemaPath:"#/properties/checks/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema73.properties.checks.type,parentSchema:schema73.properties.checks,data:data17};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data.rules !== undefined){
let data19 = data.rules;
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
if(Object.keys(data19).length > 5000){
const err43 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/maxProperties",keyword:"maxProperties",params:{limit: 5000},message:"must NOT have more than 5000 properties",schema:5000,parentSchema:schema73.properties.rules,data:data19};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
for(const key3 in data19){
const _errs32 = errors;
if(!(validate57(key3, {instancePath:instancePath+"/rules",parentData:data19,parentDataProperty:"rules",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
var valid9 = _errs32 === errors;
if(!valid9){
const err44 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid",schema:schema73.properties.rules.propertyNames,parentSchema:schema73.properties.rules,data:data19};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
for(const key4 in data19){
if(!(validate191(data19[key4], {instancePath:instancePath+"/rules/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data19,parentDataProperty:key4,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
errors = vErrors.length;
}
}
}
else {
const err45 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema73.properties.rules.type,parentSchema:schema73.properties.rules,data:data19};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data.runbooks !== undefined){
let data21 = data.runbooks;
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
if(Object.keys(data21).length > 5000){
const err46 = {instancePath:instancePath+"/runbooks",schemaPath:"#/properties/runbooks/maxProperties",keyword:"maxProperties",params:{limit: 5000},message:"must NOT have more than 5000 properties",schema:5000,parentSchema:schema73.properties.runbooks,data:data21};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
for(const key5 in data21){
const _errs37 = errors;
if(!(validate57(key5, {instancePath:instancePath+"/runbooks",parentData:data21,parentDataProperty:"runbooks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
var valid11 = _errs37 === errors;
if(!valid11){
const err47 = {instancePath:instancePath+"/runbooks",schemaPath:"#/properties/runbooks/propertyNames",keyword:"propertyNames",params:{propertyName: key5},message:"property name must be valid",schema:schema73.properties.runbooks.propertyNames,parentSchema:schema73.properties.runbooks,data:data21};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
for(const key6 in data21){
if(!(validate191(data21[key6], {instancePath:instancePath+"/runbooks/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data21,parentDataProperty:key6,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
errors = vErrors.length;
}
}
}
else {
const err48 = {instancePath:instancePath+"/runbooks",schemaPath:"#/properties/runbooks/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema73.properties.runbooks.type,parentSchema:schema73.properties.runbooks,data:data21};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data.healing !== undefined){
let data23 = data.healing;
if(data23 && typeof data23 == "object" && !Array.isArray(data23)){
if(data23.mode === undefined){
const err49 = {instancePath:instancePath+"/healing",schemaPath:"#/properties/healing/required",keyword:"required",params:{missingProperty: "mode"},message:"must have required property '"+"mode"+"'",schema:schema73.properties.healing.required,parentSchema:schema73.properties.healing,data:data23};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if(data23.riskCeiling === undefined){
const err50 = {instancePath:instancePath+"/healing",schemaPath:"#/properties/healing/required",keyword:"required",params:{missingProperty: "riskCeiling"},message:"must have required property '"+"riskCeiling"+"'",schema:schema73.properties.healing.required,parentSchema:schema73.properties.healing,data:data23};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
if(data23.killSwitch === undefined){
const err51 = {instancePath:instancePath+"/healing",schemaPath:"#/properties/healing/required",keyword:"required",params:{missingProperty: "killSwitch"},message:"must have required property '"+"killSwitch"+"'",schema:schema73.properties.healing.required,parentSchema:schema73.properties.healing,data:data23};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
if(data23.windows === undefined){
const err52 = {instancePath:instancePath+"/healing",schemaPath:"#/properties/healing/required",keyword:"required",params:{missingProperty: "windows"},message:"must have required property '"+"windows"+"'",schema:schema73.properties.healing.required,parentSchema:schema73.properties.healing,data:data23};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(data23.declaredWindows === undefined){
const err53 = {instancePath:instancePath+"/healing",schemaPath:"#/properties/healing/required",keyword:"required",params:{missingProperty: "declaredWindows"},message:"must have required property '"+"declaredWindows"+"'",schema:schema73.properties.healing.required,parentSchema:schema73.properties.healing,data:data23};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
for(const key7 in data23){
if(!(((((key7 === "mode") || (key7 === "riskCeiling")) || (key7 === "killSwitch")) || (key7 === "windows")) || (key7 === "declaredWindows"))){
const err54 = {instancePath:instancePath+"/healing",schemaPath:"#/properties/healing/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema73.properties.healing,data:data23};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data23.mode !== undefined){
if(!(validate207(data23.mode, {instancePath:instancePath+"/healing/mode",parentData:data23,parentDataProperty:"mode",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate207.errors : vErrors.concat(validate207.errors);
errors = vErrors.length;
}
}
if(data23.riskCeiling !== undefined){
if(!(validate171(data23.riskCeiling, {instancePath:instancePath+"/healing/riskCeiling",parentData:data23,parentDataProperty:"riskCeiling",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate171.errors : vErrors.concat(validate171.errors);
errors = vErrors.length;
}
}
if(data23.killSwitch !== undefined){
let data26 = data23.killSwitch;
if(typeof data26 !== "boolean"){
const err55 = {instancePath:instancePath+"/healing/killSwitch",schemaPath:"#/properties/healing/properties/killSwitch/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema73.properties.healing.properties.killSwitch.type,parentSchema:schema73.properties.healing.properties.killSwitch,data:data26};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data23.windows !== undefined){
let data27 = data23.windows;
const _errs48 = errors;
let valid14 = false;
const _errs49 = errors;
if(Array.isArray(data27)){
if(data27.length > 256){
const err56 = {instancePath:instancePath+"/healing/windows",schemaPath:"#/properties/healing/properties/windows/anyOf/0/maxItems",keyword:"maxItems",params:{limit: 256},message:"must NOT have more than 256 items",schema:256,parentSchema:schema73.properties.healing.properties.windows.anyOf[0],data:data27};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
const len6 = data27.length;
for(let i2=0; i2<len6; i2++){
let data28 = data27[i2];
if(data28 && typeof data28 == "object" && !Array.isArray(data28)){
if(data28.start === undefined){
const err57 = {instancePath:instancePath+"/healing/windows/" + i2,schemaPath:"#/properties/healing/properties/windows/anyOf/0/items/required",keyword:"required",params:{missingProperty: "start"},message:"must have required property '"+"start"+"'",schema:schema73.properties.healing.properties.windows.anyOf[0].items.required,parentSchema:schema73.properties.healing.properties.windows.anyOf[0].items,data:data28};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
if(data28.end === undefined){
const err58 = {instancePath:instancePath+"/healing/windows/" + i2,schemaPath:"#/properties/healing/properties/windows/anyOf/0/items/required",keyword:"required",params:{missingProperty: "end"},message:"must have required property '"+"end"+"'",schema:schema73.properties.healing.properties.windows.anyOf[0].items.required,parentSchema:schema73.properties.healing.properties.windows.anyOf[0].items,data:data28};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
for(const key8 in data28){
if(!((key8 === "start") || (key8 === "end"))){
const err59 = {instancePath:instancePath+"/healing/windows/" + i2,schemaPath:"#/properties/healing/properties/windows/anyOf/0/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties",schema:false,parentSchema:schema73.properties.healing.properties.windows.anyOf[0].items,data:data28};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
if(data28.start !== undefined){
if(!(validate236(data28.start, {instancePath:instancePath+"/healing/windows/" + i2+"/start",parentData:data28,parentDataProperty:"start",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate236.errors : vErrors.concat(validate236.errors);
errors = vErrors.length;
}
}
if(data28.end !== undefined){
if(!(validate236(data28.end, {instancePath:instancePath+"/healing/windows/" + i2+"/end",parentData:data28,parentDataProperty:"end",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate236.errors : vErrors.concat(validate236.errors);
errors = vErrors.length;
}
}
}
else {
const err60 = {instancePath:instancePath+"/healing/windows/" + i2,schemaPath:"#/properties/healing/properties/windows/anyOf/0/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema73.properties.healing.properties.windows.anyOf[0].items.type,parentSchema:schema73.properties.healing.properties.windows.anyOf[0].items,data:data28};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
}
else {
const err61 = {instancePath:instancePath+"/healing/windows",schemaPath:"#/properties/healing/properties/windows/anyOf/0/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema73.properties.healing.properties.windows.anyOf[0].type,parentSchema:schema73.properties.healing.properties.windows.anyOf[0],data:data27};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
var _valid0 = _errs49 === errors;
valid14 = valid14 || _valid0;
const _errs56 = errors;
if(data27 !== null){
const err62 = {instancePath:instancePath+"/healing/windows",schemaPath:"#/properties/healing/properties/windows/anyOf/1/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema73.properties.healing.properties.windows.anyOf[1].type,parentSchema:schema73.properties.healing.properties.windows.anyOf[1],data:data27};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
var _valid0 = _errs56 === errors;
valid14 = valid14 || _valid0;
if(!valid14){
const err63 = {instancePath:instancePath+"/healing/windows",schemaPath:"#/properties/healing/properties/windows/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema73.properties.healing.properties.windows.anyOf,parentSchema:schema73.properties.healing.properties.windows,data:data27};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
else {
errors = _errs48;
if(vErrors !== null){
if(_errs48){
vErrors.length = _errs48;
}
else {
vErrors = null;
}
}
}
}
if(data23.declaredWindows !== undefined){
let data31 = data23.declaredWindows;
const _errs59 = errors;
let valid18 = false;
const _errs60 = errors;
if(Array.isArray(data31)){
if(data31.length > 16){
const err64 = {instancePath:instancePath+"/healing/declaredWindows",schemaPath:"#/properties/healing/properties/declaredWindows/anyOf/0/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema73.properties.healing.properties.declaredWindows.anyOf[0],data:data31};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
const len7 = data31.length;
for(let i3=0; i3<len7; i3++){
let data32 = data31[i3];
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
if(data32.days === undefined){
const err65 = {instancePath:instancePath+"/healing/declaredWindows/" + i3,schemaPath:"#/properties/healing/properties/declaredWindows/anyOf/0/items/required",keyword:"required",params:{missingProperty: "days"},message:"must have required property '"+"days"+"'",schema:schema73.properties.healing.properties.declaredWindows.anyOf[0].items.required,parentSchema:schema73.properties.healing.properties.declaredWindows.anyOf[0].items,data:data32};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
if(data32.start === undefined){
const err66 = {instancePath:instancePath+"/healing/declaredWindows/" + i3,schemaPath:"#/properties/healing/properties/declaredWindows/anyOf/0/items/required",keyword:"required",params:{missingProperty: "start"},message:"must have required property '"+"start"+"'",schema:schema73.properties.healing.properties.declaredWindows.anyOf[0].items.required,parentSchema:schema73.properties.healing.properties.declaredWindows.anyOf[0].items,data:data32};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
if(data32.end === undefined){
const err67 = {instancePath:instancePath+"/healing/declaredWindows/" + i3,schemaPath:"#/properties/healing/properties/declaredWindows/anyOf/0/items/required",keyword:"required",params:{missingProperty: "end"},message:"must have required property '"+"end"+"'",schema:schema73.properties.healing.properties.declaredWindows.anyOf[0].items.required,parentSchema:schema73.properties.healing.properties.declaredWindows.anyOf[0].items,data:data32};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
if(data32.timeZone === undefined){
const err68 = {instancePath:instancePath+"/healing/declaredWindows/" + i3,schemaPath:"#/properties/healing/properties/declaredWindows/anyOf/0/items/required",keyword:"required",params:{missingProperty: "timeZone"},message:"must have required property '"+"timeZone"+"'",schema:schema73.properties.healing.properties.declaredWindows.anyOf[0].items.required,parentSchema:schema73.properties.healing.properties.declaredWindows.anyOf[0].items,data:data32};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
for(const key9 in data32){
if(!((((key9 === "days") || (key9 === "start")) || (key9 === "end")) || (key9 === "timeZone"))){
const err69 = {instancePath:instancePath+"/healing/declaredWindows/" + i3,schemaPath:"#/properties/healing/properties/declaredWindows/anyOf/0/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties",schema:false,parentSchema:schema73.properties.healing.properties.declaredWindows.anyOf[0].items,data:data32};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
if(data32.days !== undefined){
if(!(validate210(data32.days, {instancePath:instancePath+"/healing/declaredWindows/" + i3+"/days",parentData:data32,parentDataProperty:"days",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate210.errors : vErrors.concat(validate210.errors);
errors = vErrors.length;
}
}
if(data32.start !== undefined){
if(!(validate212(data32.start, {instancePath:instancePath+"/healing/declaredWindows/" + i3+"/start",parentData:data32,parentDataProperty:"start",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate212.errors : vErrors.concat(validate212.errors);
errors = vErrors.length;
}
}
if(data32.end !== undefined){
if(!(validate212(data32.end, {instancePath:instancePath+"/healing/declaredWindows/" + i3+"/end",parentData:data32,parentDataProperty:"end",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate212.errors : vErrors.concat(validate212.errors);
errors = vErrors.length;
}
}
if(data32.timeZone !== undefined){
if(!(validate202(data32.timeZone, {instancePath:instancePath+"/healing/declaredWindows/" + i3+"/timeZone",parentData:data32,parentDataProperty:"timeZone",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate202.errors : vErrors.concat(validate202.errors);
errors = vErrors.length;
}
}
}
else {
const err70 = {instancePath:instancePath+"/healing/declaredWindows/" + i3,schemaPath:"#/properties/healing/properties/declaredWindows/anyOf/0/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema73.properties.healing.properties.declaredWindows.anyOf[0].items.type,parentSchema:schema73.properties.healing.properties.declaredWindows.anyOf[0].items,data:data32};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
}
else {
const err71 = {instancePath:instancePath+"/healing/declaredWindows",schemaPath:"#/properties/healing/properties/declaredWindows/anyOf/0/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema73.properties.healing.properties.declaredWindows.anyOf[0].type,parentSchema:schema73.properties.healing.properties.declaredWindows.anyOf[0],data:data31};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
var _valid1 = _errs60 === errors;
valid18 = valid18 || _valid1;
const _errs69 = errors;
if(data31 !== null){
const err72 = {instancePath:instancePath+"/healing/declaredWindows",schemaPath:"#/properties/healing/properties/declaredWindows/anyOf/1/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema73.properties.healing.properties.declaredWindows.anyOf[1].type,parentSchema:schema73.properties.healing.properties.declaredWindows.anyOf[1],data:data31};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
var _valid1 = _errs69 === errors;
valid18 = valid18 || _valid1;
if(!valid18){
const err73 = {instancePath:instancePath+"/healing/declaredWindows",schemaPath:"#/properties/healing/properties/declaredWindows/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema73.properties.healing.properties.declaredWindows.anyOf,parentSchema:schema73.properties.healing.properties.declaredWindows,data:data31};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
else {
errors = _errs59;
if(vErrors !== null){
if(_errs59){
vErrors.length = _errs59;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err74 = {instancePath:instancePath+"/healing",schemaPath:"#/properties/healing/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema73.properties.healing.type,parentSchema:schema73.properties.healing,data:data23};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
if(data.hosts !== undefined){
let data37 = data.hosts;
if(Array.isArray(data37)){
if(data37.length > 1000){
const err75 = {instancePath:instancePath+"/hosts",schemaPath:"#/properties/hosts/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema73.properties.hosts,data:data37};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
const len8 = data37.length;
for(let i4=0; i4<len8; i4++){
let data38 = data37[i4];
if(data38 && typeof data38 == "object" && !Array.isArray(data38)){
if(data38.id === undefined){
const err76 = {instancePath:instancePath+"/hosts/" + i4,schemaPath:"#/properties/hosts/items/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'",schema:schema73.properties.hosts.items.required,parentSchema:schema73.properties.hosts.items,data:data38};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
if(data38.name === undefined){
const err77 = {instancePath:instancePath+"/hosts/" + i4,schemaPath:"#/properties/hosts/items/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema73.properties.hosts.items.required,parentSchema:schema73.properties.hosts.items,data:data38};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
if(data38.platform === undefined){
const err78 = {instancePath:instancePath+"/hosts/" + i4,schemaPath:"#/properties/hosts/items/required",keyword:"required",params:{missingProperty: "platform"},message:"must have required property '"+"platform"+"'",schema:schema73.properties.hosts.items.required,parentSchema:schema73.properties.hosts.items,data:data38};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
if(data38.transport === undefined){
const err79 = {instancePath:instancePath+"/hosts/" + i4,schemaPath:"#/properties/hosts/items/required",keyword:"required",params:{missingProperty: "transport"},message:"must have required property '"+"transport"+"'",schema:schema73.properties.hosts.items.required,parentSchema:schema73.properties.hosts.items,data:data38};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
for(const key10 in data38){
if(!((((key10 === "id") || (key10 === "name")) || (key10 === "platform")) || (key10 === "transport"))){
const err80 = {instancePath:instancePath+"/hosts/" + i4,schemaPath:"#/properties/hosts/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties",schema:false,parentSchema:schema73.properties.hosts.items,data:data38};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data38.id !== undefined){
if(!(validate188(data38.id, {instancePath:instancePath+"/hosts/" + i4+"/id",parentData:data38,parentDataProperty:"id",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate188.errors : vErrors.concat(validate188.errors);
errors = vErrors.length;
}
}
if(data38.name !== undefined){
if(!(validate57(data38.name, {instancePath:instancePath+"/hosts/" + i4+"/name",parentData:data38,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data38.platform !== undefined){
if(!(validate86(data38.platform, {instancePath:instancePath+"/hosts/" + i4+"/platform",parentData:data38,parentDataProperty:"platform",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data38.transport !== undefined){
if(!(validate221(data38.transport, {instancePath:instancePath+"/hosts/" + i4+"/transport",parentData:data38,parentDataProperty:"transport",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate221.errors : vErrors.concat(validate221.errors);
errors = vErrors.length;
}
}
}
else {
const err81 = {instancePath:instancePath+"/hosts/" + i4,schemaPath:"#/properties/hosts/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema73.properties.hosts.items.type,parentSchema:schema73.properties.hosts.items,data:data38};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
}
else {
const err82 = {instancePath:instancePath+"/hosts",schemaPath:"#/properties/hosts/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema73.properties.hosts.type,parentSchema:schema73.properties.hosts,data:data37};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
if(data.intervals !== undefined){
let data43 = data.intervals;
if(data43 && typeof data43 == "object" && !Array.isArray(data43)){
if(Object.keys(data43).length > 5000){
const err83 = {instancePath:instancePath+"/intervals",schemaPath:"#/properties/intervals/maxProperties",keyword:"maxProperties",params:{limit: 5000},message:"must NOT have more than 5000 properties",schema:5000,parentSchema:schema73.properties.intervals,data:data43};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
for(const key11 in data43){
const _errs82 = errors;
if(!(validate57(key11, {instancePath:instancePath+"/intervals",parentData:data43,parentDataProperty:"intervals",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
var valid25 = _errs82 === errors;
if(!valid25){
const err84 = {instancePath:instancePath+"/intervals",schemaPath:"#/properties/intervals/propertyNames",keyword:"propertyNames",params:{propertyName: key11},message:"property name must be valid",schema:schema73.properties.intervals.propertyNames,parentSchema:schema73.properties.intervals,data:data43};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
for(const key12 in data43){
let data44 = data43[key12];
if(!(((typeof data44 == "number") && (!(data44 % 1) && !isNaN(data44))) && (isFinite(data44)))){
const err85 = {instancePath:instancePath+"/intervals/" + key12.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/intervals/additionalProperties/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema73.properties.intervals.additionalProperties.type,parentSchema:schema73.properties.intervals.additionalProperties,data:data44};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
if((typeof data44 == "number") && (isFinite(data44))){
if(data44 > 8639913600000 || isNaN(data44)){
const err86 = {instancePath:instancePath+"/intervals/" + key12.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/intervals/additionalProperties/maximum",keyword:"maximum",params:{comparison: "<=", limit: 8639913600000},message:"must be <= 8639913600000",schema:8639913600000,parentSchema:schema73.properties.intervals.additionalProperties,data:data44};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
if(data44 < 1000 || isNaN(data44)){
const err87 = {instancePath:instancePath+"/intervals/" + key12.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/intervals/additionalProperties/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1000},message:"must be >= 1000",schema:1000,parentSchema:schema73.properties.intervals.additionalProperties,data:data44};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
}
}
else {
const err88 = {instancePath:instancePath+"/intervals",schemaPath:"#/properties/intervals/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema73.properties.intervals.type,parentSchema:schema73.properties.intervals,data:data43};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
if(data.definitions !== undefined){
let data45 = data.definitions;
if(data45 && typeof data45 == "object" && !Array.isArray(data45)){
if(data45.checks === undefined){
const err89 = {instancePath:instancePath+"/definitions",schemaPath:"#/properties/definitions/required",keyword:"required",params:{missingProperty: "checks"},message:"must have required property '"+"checks"+"'",schema:schema73.properties.definitions.required,parentSchema:schema73.properties.definitions,data:data45};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
if(data45.rules === undefined){
const err90 = {instancePath:instancePath+"/definitions",schemaPath:"#/properties/definitions/required",keyword:"required",params:{missingProperty: "rules"},message:"must have required property '"+"rules"+"'",schema:schema73.properties.definitions.required,parentSchema:schema73.properties.definitions,data:data45};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
if(data45.runbooks === undefined){
const err91 = {instancePath:instancePath+"/definitions",schemaPath:"#/properties/definitions/required",keyword:"required",params:{missingProperty: "runbooks"},message:"must have required property '"+"runbooks"+"'",schema:schema73.properties.definitions.required,parentSchema:schema73.properties.definitions,data:data45};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
for(const key13 in data45){
if(!(((key13 === "checks") || (key13 === "rules")) || (key13 === "runbooks"))){
const err92 = {instancePath:instancePath+"/definitions",schemaPath:"#/properties/definitions/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key13},message:"must NOT have additional properties",schema:false,parentSchema:schema73.properties.definitions,data:data45};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
if(data45.checks !== undefined){
let data46 = data45.checks;
if(data46 && typeof data46 == "object" && !Array.isArray(data46)){
if(Object.keys(data46).length > 5000){
const err93 = {instancePath:instancePath+"/definitions/checks",schemaPath:"#/properties/definitions/properties/checks/maxProperties",keyword:"maxProperties",params:{limit: 5000},message:"must NOT have more than 5000 properties",schema:5000,parentSchema:schema73.properties.definitions.properties.checks,data:data46};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
for(const key14 in data46){
const _errs91 = errors;
if(!(validate57(key14, {instancePath:instancePath+"/definitions/checks",parentData:data46,parentDataProperty:"checks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
var valid28 = _errs91 === errors;
if(!valid28){
const err94 = {instancePath:instancePath+"/definitions/checks",schemaPath:"#/properties/definitions/properties/checks/propertyNames",keyword:"propertyNames",params:{propertyName: key14},message:"property name must be valid",schema:schema73.properties.definitions.properties.checks.propertyNames,parentSchema:schema73.properties.definitions.properties.checks,data:data46};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
for(const key15 in data46){
if(!(validate82(data46[key15], {instancePath:instancePath+"/definitions/checks/" + key15.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data46,parentDataProperty:key15,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate82.errors : vErrors.concat(validate82.errors);
errors = vErrors.length;
}
}
}
else {
const err95 = {instancePath:instancePath+"/definitions/checks",schemaPath:"#/properties/definitions/properties/checks/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema73.properties.definitions.properties.checks.type,parentSchema:schema73.properties.definitions.properties.checks,data:data46};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
if(data45.rules !== undefined){
let data48 = data45.rules;
if(data48 && typeof data48 == "object" && !Array.isArray(data48)){
if(Object.keys(data48).length > 5000){
const err96 = {instancePath:instancePath+"/definitions/rules",schemaPath:"#/properties/definitions/properties/rules/maxProperties",keyword:"maxProperties",params:{limit: 5000},message:"must NOT have more than 5000 properties",schema:5000,parentSchema:schema73.properties.definitions.properties.rules,data:data48};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
for(const key16 in data48){
const _errs96 = errors;
if(!(validate57(key16, {instancePath:instancePath+"/definitions/rules",parentData:data48,parentDataProperty:"rules",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
var valid30 = _errs96 === errors;
if(!valid30){
const err97 = {instancePath:instancePath+"/definitions/rules",schemaPath:"#/properties/definitions/properties/rules/propertyNames",keyword:"propertyNames",params:{propertyName: key16},message:"property name must be valid",schema:schema73.properties.definitions.properties.rules.propertyNames,parentSchema:schema73.properties.definitions.properties.rules,data:data48};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
for(const key17 in data48){
if(!(validate119(data48[key17], {instancePath:instancePath+"/definitions/rules/" + key17.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data48,parentDataProperty:key17,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate119.errors : vErrors.concat(validate119.errors);
errors = vErrors.length;
}
}
}
else {
const err98 = {instancePath:instancePath+"/definitions/rules",schemaPath:"#/properties/definitions/properties/rules/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema73.properties.definitions.properties.rules.type,parentSchema:schema73.properties.definitions.properties.rules,data:data48};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
if(data45.runbooks !== undefined){
let data50 = data45.runbooks;
if(data50 && typeof data50 == "object" && !Array.isArray(data50)){
if(Object.keys(data50).length > 5000){
const err99 = {instancePath:instancePath+"/definitions/runbooks",schemaPath:"#/properties/definitions/properties/runbooks/maxProperties",keyword:"maxProperties",params:{limit: 5000},message:"must NOT have more than 5000 properties",schema:5000,parentSchema:schema73.properties.definitions.properties.runbooks,data:data50};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
for(const key18 in data50){
const _errs101 = errors;
if(!(validate57(key18, {instancePath:instancePath+"/definitions/runbooks",parentData:data50,parentDataProperty:"runbooks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
var valid32 = _errs101 === errors;
if(!valid32){
const err100 = {instancePath:instancePath+"/definitions/runbooks",schemaPath:"#/properties/definitions/properties/runbooks/propertyNames",keyword:"propertyNames",params:{propertyName: key18},message:"property name must be valid",schema:schema73.properties.definitions.properties.runbooks.propertyNames,parentSchema:schema73.properties.definitions.properties.runbooks,data:data50};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
for(const key19 in data50){
if(!(validate132(data50[key19], {instancePath:instancePath+"/definitions/runbooks/" + key19.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data50,parentDataProperty:key19,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate132.errors : vErrors.concat(validate132.errors);
errors = vErrors.length;
}
}
}
else {
const err101 = {instancePath:instancePath+"/definitions/runbooks",schemaPath:"#/properties/definitions/properties/runbooks/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema73.properties.definitions.properties.runbooks.type,parentSchema:schema73.properties.definitions.properties.runbooks,data:data50};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
}
else {
const err102 = {instancePath:instancePath+"/definitions",schemaPath:"#/properties/definitions/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema73.properties.definitions.type,parentSchema:schema73.properties.definitions,data:data45};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
if(data.heartbeatMs !== undefined){
let data52 = data.heartbeatMs;
if(!(((typeof data52 == "number") && (!(data52 % 1) && !isNaN(data52))) && (isFinite(data52)))){
const err103 = {instancePath:instancePath+"/heartbeatMs",schemaPath:"#/properties/heartbeatMs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema73.properties.heartbeatMs.type,parentSchema:schema73.properties.heartbeatMs,data:data52};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
if((typeof data52 == "number") && (isFinite(data52))){
if(data52 > 86400000 || isNaN(data52)){
const err104 = {instancePath:instancePath+"/heartbeatMs",schemaPath:"#/properties/heartbeatMs/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400000},message:"must be <= 86400000",schema:86400000,parentSchema:schema73.properties.heartbeatMs,data:data52};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
if(data52 < 1000 || isNaN(data52)){
const err105 = {instancePath:instancePath+"/heartbeatMs",schemaPath:"#/properties/heartbeatMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1000},message:"must be >= 1000",schema:1000,parentSchema:schema73.properties.heartbeatMs,data:data52};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
}
if(data.library !== undefined){
let data53 = data.library;
if(data53 && typeof data53 == "object" && !Array.isArray(data53)){
if(data53.manifest === undefined){
const err106 = {instancePath:instancePath+"/library",schemaPath:"#/properties/library/required",keyword:"required",params:{missingProperty: "manifest"},message:"must have required property '"+"manifest"+"'",schema:schema73.properties.library.required,parentSchema:schema73.properties.library,data:data53};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
if(data53.signature === undefined){
const err107 = {instancePath:instancePath+"/library",schemaPath:"#/properties/library/required",keyword:"required",params:{missingProperty: "signature"},message:"must have required property '"+"signature"+"'",schema:schema73.properties.library.required,parentSchema:schema73.properties.library,data:data53};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
for(const key20 in data53){
if(!((key20 === "manifest") || (key20 === "signature"))){
const err108 = {instancePath:instancePath+"/library",schemaPath:"#/properties/library/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key20},message:"must NOT have additional properties",schema:false,parentSchema:schema73.properties.library,data:data53};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
if(data53.manifest !== undefined){
let data54 = data53.manifest;
if(data54 !== null){
const err109 = {instancePath:instancePath+"/library/manifest",schemaPath:"#/properties/library/properties/manifest/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema73.properties.library.properties.manifest.type,parentSchema:schema73.properties.library.properties.manifest,data:data54};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
if(data53.signature !== undefined){
let data55 = data53.signature;
if(data55 !== null){
const err110 = {instancePath:instancePath+"/library/signature",schemaPath:"#/properties/library/properties/signature/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema73.properties.library.properties.signature.type,parentSchema:schema73.properties.library.properties.signature,data:data55};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
}
else {
const err111 = {instancePath:instancePath+"/library",schemaPath:"#/properties/library/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema73.properties.library.type,parentSchema:schema73.properties.library,data:data53};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
}
else {
const err112 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema73.type,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
validate230.errors = vErrors;
return errors === 0;
}
validate230.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const validateObservedState = validate268;
const schema76 = {"title":"ObservedState","description":"What was observed, as far as a plan can use it: `compline status --snapshot` writes it, `compline plan --observed` reads it. It holds verdicts and no evidence; nothing in it is signed.","type":"object","additionalProperties":false,"required":["schemaVersion","asOf","position","partners"],"properties":{"schemaVersion":{"description":"Version of this format.","const":"1"},"asOf":{"description":"The time at which the verdicts hold.","$ref":"#/$defs/instant"},"position":{"description":"How many bundles were accepted by then.","type":"integer","minimum":0,"maximum":9007199254740991},"partners":{"description":"The partners it tells of, by name.","type":"array","maxItems":10000,"items":{"title":"ObservedPartner","description":"One partner.","type":"object","additionalProperties":false,"required":["id","name","revision","checks","sites"],"properties":{"id":{"$ref":"#/$defs/ulid"},"name":{"$ref":"#/$defs/name"},"revision":{"description":"The commit that was in force; null when that is not known.","anyOf":[{"$ref":"#/$defs/revision"},{"type":"null"}]},"checks":{"description":"The digest of each check by which a known verdict was judged.","type":"object","maxProperties":5000,"propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/hex64"}},"sites":{"description":"Its sites.","type":"array","maxItems":100000,"items":{"title":"ObservedSite","description":"One site.","type":"object","additionalProperties":false,"required":["id","name","appliances","results","heals"],"properties":{"id":{"$ref":"#/$defs/ulid"},"name":{"$ref":"#/$defs/name"},"appliances":{"description":"Its enrolled appliances.","type":"array","maxItems":1000,"items":{"title":"ObservedAppliance","description":"One appliance, as it last reported.","type":"object","additionalProperties":false,"required":["id","hosts","ceiling","stops"],"properties":{"id":{"$ref":"#/$defs/ulid"},"hosts":{"description":"The hosts it looks at.","type":"array","maxItems":1000,"items":{"$ref":"#/$defs/ulid"}},"ceiling":{"description":"What it may do at most; null when it never reported.","anyOf":[{"description":"Its own limits, which no assignment raises.","type":"object","additionalProperties":false,"required":["mode","risk","argv","hosts"],"properties":{"mode":{"$ref":"#/$defs/healingMode"},"risk":{"$ref":"#/$defs/risk"},"argv":{"description":"Whether programs may be run.","type":"boolean"},"hosts":{"description":"Which hosts may be changed.","enum":["practice","all"]}}},{"type":"null"}]},"stops":{"description":"What stops healing on the box itself.","type":"array","maxItems":5,"items":{"description":"A person suspended it, it waits for a new controller or for its new key's review, or it can sign nothing.","enum":["SUSPENDED","REPINNED","KEY_PENDING","CHAIN_SET_BACK","DISK_FULL"]}}}}},"results":{"description":"What each pair of a host and a check came to.","type":"array","maxItems":200000,"items":{"title":"ObservedResult","description":"One pair.","type":"object","additionalProperties":false,"required":["host","check","verdict","reason","since"],"properties":{"host":{"$ref":"#/$defs/ulid"},"check":{"$ref":"#/$defs/name"},"verdict":{"description":"What it came to.","enum":["pass","fail","error","not_applicable","unknown"]},"reason":{"description":"Why, as a code; null when there is none.","anyOf":[{"$ref":"#/$defs/token"},{"type":"null"}]},"since":{"description":"Since when; null when that is not known.","anyOf":[{"$ref":"#/$defs/instant"},{"type":"null"}]}}}},"heals":{"description":"The newest heals by a rule that changed something, newest first.","type":"array","maxItems":1000,"items":{"title":"ObservedHeal","description":"One heal.","type":"object","additionalProperties":false,"required":["host","check","rule","outcome","startedAt"],"properties":{"host":{"$ref":"#/$defs/ulid"},"check":{"$ref":"#/$defs/name"},"rule":{"$ref":"#/$defs/name"},"outcome":{"description":"What the re-check said.","enum":["healed","failed"]},"startedAt":{"description":"When it began.","$ref":"#/$defs/instant"}}}}}}}}}}}};

function validate268(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate268.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.schemaVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "schemaVersion"},message:"must have required property '"+"schemaVersion"+"'",schema:schema76.required,parentSchema:schema76,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.asOf === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "asOf"},message:"must have required property '"+"asOf"+"'",schema:schema76.required,parentSchema:schema76,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.position === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "position"},message:"must have required property '"+"position"+"'",schema:schema76.required,parentSchema:schema76,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.partners === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "partners"},message:"must have required property '"+"partners"+"'",schema:schema76.required,parentSchema:schema76,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "schemaVersion") || (key0 === "asOf")) || (key0 === "position")) || (key0 === "partners"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema76,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.schemaVersion !== undefined){
let data0 = data.schemaVersion;
if("1" !== data0){
const err5 = {instancePath:instancePath+"/schemaVersion",schemaPath:"#/properties/schemaVersion/const",keyword:"const",params:{allowedValue: "1"},message:"must be equal to constant",schema:"1",parentSchema:schema76.properties.schemaVersion,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.asOf !== undefined){
if(!(validate236(data.asOf, {instancePath:instancePath+"/asOf",parentData:data,parentDataProperty:"asOf",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate236.errors : vErrors.concat(validate236.errors);
errors = vErrors.length;
}
}
if(data.position !== undefined){
let data2 = data.position;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err6 = {instancePath:instancePath+"/position",schemaPath:"#/properties/position/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema76.properties.position.type,parentSchema:schema76.properties.position,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 9007199254740991 || isNaN(data2)){
const err7 = {instancePath:instancePath+"/position",schemaPath:"#/properties/position/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991",schema:9007199254740991,parentSchema:schema76.properties.position,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data2 < 0 || isNaN(data2)){
const err8 = {instancePath:instancePath+"/position",schemaPath:"#/properties/position/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema76.properties.position,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
if(data.partners !== undefined){
let data3 = data.partners;
if(Array.isArray(data3)){
if(data3.length > 10000){
const err9 = {instancePath:instancePath+"/partners",schemaPath:"#/properties/partners/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items",schema:10000,parentSchema:schema76.properties.partners,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.id === undefined){
const err10 = {instancePath:instancePath+"/partners/" + i0,schemaPath:"#/properties/partners/items/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'",schema:schema76.properties.partners.items.required,parentSchema:schema76.properties.partners.items,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data4.name === undefined){
const err11 = {instancePath:instancePath+"/partners/" + i0,schemaPath:"#/properties/partners/items/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema76.properties.partners.items.required,parentSchema:schema76.properties.partners.items,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data4.revision === undefined){
const err12 = {instancePath:instancePath+"/partners/" + i0,schemaPath:"#/properties/partners/items/required",keyword:"required",params:{missingProperty: "revision"},message:"must have required property '"+"revision"+"'",schema:schema76.properties.partners.items.required,parentSchema:schema76.properties.partners.items,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data4.checks === undefined){
const err13 = {instancePath:instancePath+"/partners/" + i0,schemaPath:"#/properties/partners/items/required",keyword:"required",params:{missingProperty: "checks"},message:"must have required property '"+"checks"+"'",schema:schema76.properties.partners.items.required,parentSchema:schema76.properties.partners.items,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data4.sites === undefined){
const err14 = {instancePath:instancePath+"/partners/" + i0,schemaPath:"#/properties/partners/items/required",keyword:"required",params:{missingProperty: "sites"},message:"must have required property '"+"sites"+"'",schema:schema76.properties.partners.items.required,parentSchema:schema76.properties.partners.items,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
for(const key1 in data4){
if(!(((((key1 === "id") || (key1 === "name")) || (key1 === "revision")) || (key1 === "checks")) || (key1 === "sites"))){
const err15 = {instancePath:instancePath+"/partners/" + i0,schemaPath:"#/properties/partners/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema76.properties.partners.items,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data4.id !== undefined){
if(!(validate188(data4.id, {instancePath:instancePath+"/partners/" + i0+"/id",parentData:data4,parentDataProperty:"id",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate188.errors : vErrors.concat(validate188.errors);
errors = vErrors.length;
}
}
if(data4.name !== undefined){
if(!(validate57(data4.name, {instancePath:instancePath+"/partners/" + i0+"/name",parentData:data4,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data4.revision !== undefined){
let data7 = data4.revision;
const _errs14 = errors;
let valid4 = false;
const _errs15 = errors;
if(!(validate234(data7, {instancePath:instancePath+"/partners/" + i0+"/revision",parentData:data4,parentDataProperty:"revision",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate234.errors : vErrors.concat(validate234.errors);
errors = vErrors.length;
}
var _valid0 = _errs15 === errors;
valid4 = valid4 || _valid0;
const _errs16 = errors;
if(data7 !== null){
const err16 = {instancePath:instancePath+"/partners/" + i0+"/revision",schemaPath:"#/properties/partners/items/properties/revision/anyOf/1/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema76.properties.partners.items.properties.revision.anyOf[1].type,parentSchema:schema76.properties.partners.items.properties.revision.anyOf[1],data:data7};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
var _valid0 = _errs16 === errors;
valid4 = valid4 || _valid0;
if(!valid4){
const err17 = {instancePath:instancePath+"/partners/" + i0+"/revision",schemaPath:"#/properties/partners/items/properties/revision/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema76.properties.partners.items.properties.revision.anyOf,parentSchema:schema76.properties.partners.items.properties.revision,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
else {
errors = _errs14;
if(vErrors !== null){
if(_errs14){
vErrors.length = _errs14;
}
else {
vErrors = null;
}
}
}
}
if(data4.checks !== undefined){
let data8 = data4.checks;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(Object.keys(data8).length > 5000){
const err18 = {instancePath:instancePath+"/partners/" + i0+"/checks",schemaPath:"#/properties/partners/items/properties/checks/maxProperties",keyword:"maxProperties",params:{limit: 5000},message:"must NOT have more than 5000 properties",schema:5000,parentSchema:schema76.properties.partners.items.properties.checks,data:data8};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
for(const key2 in data8){
const _errs20 = errors;
if(!(validate57(key2, {instancePath:instancePath+"/partners/" + i0+"/checks",parentData:data8,parentDataProperty:"checks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
var valid5 = _errs20 === errors;
if(!valid5){
const err19 = {instancePath:instancePath+"/partners/" + i0+"/checks",schemaPath:"#/properties/partners/items/properties/checks/propertyNames",keyword:"propertyNames",params:{propertyName: key2},message:"property name must be valid",schema:schema76.properties.partners.items.properties.checks.propertyNames,parentSchema:schema76.properties.partners.items.properties.checks,data:data8};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
for(const key3 in data8){
if(!(validate191(data8[key3], {instancePath:instancePath+"/partners/" + i0+"/checks/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data8,parentDataProperty:key3,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
errors = vErrors.length;
}
}
}
else {
const err20 = {instancePath:instancePath+"/partners/" + i0+"/checks",schemaPath:"#/properties/partners/items/properties/checks/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema76.properties.partners.items.properties.checks.type,parentSchema:schema76.properties.partners.items.properties.checks,data:data8};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data4.sites !== undefined){
let data10 = data4.sites;
if(Array.isArray(data10)){
if(data10.length > 100000){
const err21 = {instancePath:instancePath+"/partners/" + i0+"/sites",schemaPath:"#/properties/partners/items/properties/sites/maxItems",keyword:"maxItems",params:{limit: 100000},message:"must NOT have more than 100000 items",schema:100000,parentSchema:schema76.properties.partners.items.properties.sites,data:data10};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
const len1 = data10.length;
for(let i1=0; i1<len1; i1++){
let data11 = data10[i1];
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
if(data11.id === undefined){
const err22 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1,schemaPath:"#/properties/partners/items/properties/sites/items/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'",schema:schema76.properties.partners.items.properties.sites.items.required,parentSchema:schema76.properties.partners.items.properties.sites.items,data:data11};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(data11.name === undefined){
const err23 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1,schemaPath:"#/properties/partners/items/properties/sites/items/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema76.properties.partners.items.properties.sites.items.required,parentSchema:schema76.properties.partners.items.properties.sites.items,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data11.appliances === undefined){
const err24 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1,schemaPath:"#/properties/partners/items/properties/sites/items/required",keyword:"required",params:{missingProperty: "appliances"},message:"must have required property '"+"appliances"+"'",schema:schema76.properties.partners.items.properties.sites.items.required,parentSchema:schema76.properties.partners.items.properties.sites.items,data:data11};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data11.results === undefined){
const err25 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1,schemaPath:"#/properties/partners/items/properties/sites/items/required",keyword:"required",params:{missingProperty: "results"},message:"must have required property '"+"results"+"'",schema:schema76.properties.partners.items.properties.sites.items.required,parentSchema:schema76.properties.partners.items.properties.sites.items,data:data11};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(data11.heals === undefined){
const err26 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1,schemaPath:"#/properties/partners/items/properties/sites/items/required",keyword:"required",params:{missingProperty: "heals"},message:"must have required property '"+"heals"+"'",schema:schema76.properties.partners.items.properties.sites.items.required,parentSchema:schema76.properties.partners.items.properties.sites.items,data:data11};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
for(const key4 in data11){
if(!(((((key4 === "id") || (key4 === "name")) || (key4 === "appliances")) || (key4 === "results")) || (key4 === "heals"))){
const err27 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1,schemaPath:"#/properties/partners/items/properties/sites/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema76.properties.partners.items.properties.sites.items,data:data11};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data11.id !== undefined){
if(!(validate188(data11.id, {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/id",parentData:data11,parentDataProperty:"id",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate188.errors : vErrors.concat(validate188.errors);
errors = vErrors.length;
}
}
if(data11.name !== undefined){
if(!(validate57(data11.name, {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/name",parentData:data11,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data11.appliances !== undefined){
let data14 = data11.appliances;
if(Array.isArray(data14)){
if(data14.length > 1000){
const err28 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances",schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances,data:data14};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
const len2 = data14.length;
for(let i2=0; i2<len2; i2++){
let data15 = data14[i2];
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
if(data15.id === undefined){
const err29 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2,schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'",schema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.required,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items,data:data15};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(data15.hosts === undefined){
const err30 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2,schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/required",keyword:"required",params:{missingProperty: "hosts"},message:"must have required property '"+"hosts"+"'",schema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.required,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items,data:data15};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(data15.ceiling === undefined){
const err31 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2,schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/required",keyword:"required",params:{missingProperty: "ceiling"},message:"must have required property '"+"ceiling"+"'",schema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.required,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items,data:data15};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if(data15.stops === undefined){
const err32 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2,schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/required",keyword:"required",params:{missingProperty: "stops"},message:"must have required property '"+"stops"+"'",schema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.required,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items,data:data15};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
for(const key5 in data15){
if(!((((key5 === "id") || (key5 === "hosts")) || (key5 === "ceiling")) || (key5 === "stops"))){
const err33 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2,schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items,data:data15};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data15.id !== undefined){
if(!(validate188(data15.id, {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2+"/id",parentData:data15,parentDataProperty:"id",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate188.errors : vErrors.concat(validate188.errors);
errors = vErrors.length;
}
}
if(data15.hosts !== undefined){
let data17 = data15.hosts;
if(Array.isArray(data17)){
if(data17.length > 1000){
const err34 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2+"/hosts",schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/properties/hosts/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.hosts,data:data17};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
const len3 = data17.length;
for(let i3=0; i3<len3; i3++){
if(!(validate188(data17[i3], {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2+"/hosts/" + i3,parentData:data17,parentDataProperty:i3,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate188.errors : vErrors.concat(validate188.errors);
errors = vErrors.length;
}
}
}
else {
const err35 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2+"/hosts",schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/properties/hosts/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.hosts.type,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.hosts,data:data17};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data15.ceiling !== undefined){
let data19 = data15.ceiling;
const _errs40 = errors;
let valid15 = false;
const _errs41 = errors;
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
if(data19.mode === undefined){
const err36 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2+"/ceiling",schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/properties/ceiling/anyOf/0/required",keyword:"required",params:{missingProperty: "mode"},message:"must have required property '"+"mode"+"'",schema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling.anyOf[0].required,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling.anyOf[0],data:data19};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(data19.risk === undefined){
const err37 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2+"/ceiling",schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/properties/ceiling/anyOf/0/required",keyword:"required",params:{missingProperty: "risk"},message:"must have required property '"+"risk"+"'",schema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling.anyOf[0].required,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling.anyOf[0],data:data19};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(data19.argv === undefined){
const err38 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2+"/ceiling",schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/properties/ceiling/anyOf/0/required",keyword:"required",params:{missingProperty: "argv"},message:"must have required property '"+"argv"+"'",schema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling.anyOf[0].required,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling.anyOf[0],data:data19};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if(data19.hosts === undefined){
const err39 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2+"/ceiling",schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/properties/ceiling/anyOf/0/required",keyword:"required",params:{missingProperty: "hosts"},message:"must have required property '"+"hosts"+"'",schema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling.anyOf[0].required,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling.anyOf[0],data:data19};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
for(const key6 in data19){
if(!((((key6 === "mode") || (key6 === "risk")) || (key6 === "argv")) || (key6 === "hosts"))){
const err40 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2+"/ceiling",schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/properties/ceiling/anyOf/0/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling.anyOf[0],data:data19};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data19.mode !== undefined){
if(!(validate207(data19.mode, {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2+"/ceiling/mode",parentData:data19,parentDataProperty:"mode",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate207.errors : vErrors.concat(validate207.errors);
errors = vErrors.length;
}
}
if(data19.risk !== undefined){
if(!(validate171(data19.risk, {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2+"/ceiling/risk",parentData:data19,parentDataProperty:"risk",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate171.errors : vErrors.concat(validate171.errors);
errors = vErrors.length;
}
}
if(data19.argv !== undefined){
let data22 = data19.argv;
if(typeof data22 !== "boolean"){
const err41 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2+"/ceiling/argv",schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/properties/ceiling/anyOf/0/properties/argv/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling.anyOf[0].properties.argv.type,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling.anyOf[0].properties.argv,data:data22};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data19.hosts !== undefined){
let data23 = data19.hosts;
if(!((data23 === "practice") || (data23 === "all"))){
const err42 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2+"/ceiling/hosts",schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/properties/ceiling/anyOf/0/properties/hosts/enum",keyword:"enum",params:{allowedValues: schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling.anyOf[0].properties.hosts.enum},message:"must be equal to one of the allowed values",schema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling.anyOf[0].properties.hosts.enum,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling.anyOf[0].properties.hosts,data:data23};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
else {
const err43 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2+"/ceiling",schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/properties/ceiling/anyOf/0/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling.anyOf[0].type,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling.anyOf[0],data:data19};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
var _valid1 = _errs41 === errors;
valid15 = valid15 || _valid1;
const _errs49 = errors;
if(data19 !== null){
const err44 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2+"/ceiling",schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/properties/ceiling/anyOf/1/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling.anyOf[1].type,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling.anyOf[1],data:data19};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
var _valid1 = _errs49 === errors;
valid15 = valid15 || _valid1;
if(!valid15){
const err45 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2+"/ceiling",schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/properties/ceiling/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling.anyOf,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.ceiling,data:data19};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
else {
errors = _errs40;
if(vErrors !== null){
if(_errs40){
vErrors.length = _errs40;
}
else {
vErrors = null;
}
}
}
}
if(data15.stops !== undefined){
let data24 = data15.stops;
if(Array.isArray(data24)){
if(data24.length > 5){
const err46 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2+"/stops",schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/properties/stops/maxItems",keyword:"maxItems",params:{limit: 5},message:"must NOT have more than 5 items",schema:5,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.stops,data:data24};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
const len4 = data24.length;
for(let i4=0; i4<len4; i4++){
let data25 = data24[i4];
if(!(((((data25 === "SUSPENDED") || (data25 === "REPINNED")) || (data25 === "KEY_PENDING")) || (data25 === "CHAIN_SET_BACK")) || (data25 === "DISK_FULL"))){
const err47 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2+"/stops/" + i4,schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/properties/stops/items/enum",keyword:"enum",params:{allowedValues: schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.stops.items.enum},message:"must be equal to one of the allowed values",schema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.stops.items.enum,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.stops.items,data:data25};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
else {
const err48 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2+"/stops",schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/properties/stops/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.stops.type,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.properties.stops,data:data24};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
else {
const err49 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances/" + i2,schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items.type,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances.items,data:data15};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
}
else {
const err50 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/appliances",schemaPath:"#/properties/partners/items/properties/sites/items/properties/appliances/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema76.properties.partners.items.properties.sites.items.properties.appliances.type,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.appliances,data:data14};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data11.results !== undefined){
let data26 = data11.results;
if(Array.isArray(data26)){
if(data26.length > 200000){
const err51 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/results",schemaPath:"#/properties/partners/items/properties/sites/items/properties/results/maxItems",keyword:"maxItems",params:{limit: 200000},message:"must NOT have more than 200000 items",schema:200000,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.results,data:data26};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
const len5 = data26.length;
for(let i5=0; i5<len5; i5++){
let data27 = data26[i5];
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
if(data27.host === undefined){
const err52 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/results/" + i5,schemaPath:"#/properties/partners/items/properties/sites/items/properties/results/items/required",keyword:"required",params:{missingProperty: "host"},message:"must have required property '"+"host"+"'",schema:schema76.properties.partners.items.properties.sites.items.properties.results.items.required,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.results.items,data:data27};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(data27.check === undefined){
const err53 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/results/" + i5,schemaPath:"#/properties/partners/items/properties/sites/items/properties/results/items/required",keyword:"required",params:{missingProperty: "check"},message:"must have required property '"+"check"+"'",schema:schema76.properties.partners.items.properties.sites.items.properties.results.items.required,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.results.items,data:data27};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
if(data27.verdict === undefined){
const err54 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/results/" + i5,schemaPath:"#/properties/partners/items/properties/sites/items/properties/results/items/required",keyword:"required",params:{missingProperty: "verdict"},message:"must have required property '"+"verdict"+"'",schema:schema76.properties.partners.items.properties.sites.items.properties.results.items.required,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.results.items,data:data27};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
if(data27.reason === undefined){
const err55 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/results/" + i5,schemaPath:"#/properties/partners/items/properties/sites/items/properties/results/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'",schema:schema76.properties.partners.items.properties.sites.items.properties.results.items.required,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.results.items,data:data27};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
if(data27.since === undefined){
const err56 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/results/" + i5,schemaPath:"#/properties/partners/items/properties/sites/items/properties/results/items/required",keyword:"required",params:{missingProperty: "since"},message:"must have required property '"+"since"+"'",schema:schema76.properties.partners.items.properties.sites.items.properties.results.items.required,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.results.items,data:data27};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
for(const key7 in data27){
if(!(((((key7 === "host") || (key7 === "check")) || (key7 === "verdict")) || (key7 === "reason")) || (key7 === "since"))){
const err57 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/results/" + i5,schemaPath:"#/properties/partners/items/properties/sites/items/properties/results/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.results.items,data:data27};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data27.host !== undefined){
if(!(validate188(data27.host, {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/results/" + i5+"/host",parentData:data27,parentDataProperty:"host",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate188.errors : vErrors.concat(validate188.errors);
errors = vErrors.length;
}
}
if(data27.check !== undefined){
if(!(validate57(data27.check, {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/results/" + i5+"/check",parentData:data27,parentDataProperty:"check",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data27.verdict !== undefined){
let data30 = data27.verdict;
if(!(((((data30 === "pass") || (data30 === "fail")) || (data30 === "error")) || (data30 === "not_applicable")) || (data30 === "unknown"))){
const err58 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/results/" + i5+"/verdict",schemaPath:"#/properties/partners/items/properties/sites/items/properties/results/items/properties/verdict/enum",keyword:"enum",params:{allowedValues: schema76.properties.partners.items.properties.sites.items.properties.results.items.properties.verdict.enum},message:"must be equal to one of the allowed values",schema:schema76.properties.partners.items.properties.sites.items.properties.results.items.properties.verdict.enum,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.results.items.properties.verdict,data:data30};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
if(data27.reason !== undefined){
let data31 = data27.reason;
const _errs63 = errors;
let valid22 = false;
const _errs64 = errors;
if(!(validate111(data31, {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/results/" + i5+"/reason",parentData:data27,parentDataProperty:"reason",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate111.errors : vErrors.concat(validate111.errors);
errors = vErrors.length;
}
var _valid2 = _errs64 === errors;
valid22 = valid22 || _valid2;
const _errs65 = errors;
if(data31 !== null){
const err59 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/results/" + i5+"/reason",schemaPath:"#/properties/partners/items/properties/sites/items/properties/results/items/properties/reason/anyOf/1/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema76.properties.partners.items.properties.sites.items.properties.results.items.properties.reason.anyOf[1].type,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.results.items.properties.reason.anyOf[1],data:data31};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
var _valid2 = _errs65 === errors;
valid22 = valid22 || _valid2;
if(!valid22){
const err60 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/results/" + i5+"/reason",schemaPath:"#/properties/partners/items/properties/sites/items/properties/results/items/properties/reason/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema76.properties.partners.items.properties.sites.items.properties.results.items.properties.reason.anyOf,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.results.items.properties.reason,data:data31};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
else {
errors = _errs63;
if(vErrors !== null){
if(_errs63){
vErrors.length = _errs63;
}
else {
vErrors = null;
}
}
}
}
if(data27.since !== undefined){
let data32 = data27.since;
const _errs68 = errors;
let valid23 = false;
const _errs69 = errors;
if(!(validate236(data32, {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/results/" + i5+"/since",parentData:data27,parentDataProperty:"since",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate236.errors : vErrors.concat(validate236.errors);
errors = vErrors.length;
}
var _valid3 = _errs69 === errors;
valid23 = valid23 || _valid3;
const _errs70 = errors;
if(data32 !== null){
const err61 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/results/" + i5+"/since",schemaPath:"#/properties/partners/items/properties/sites/items/properties/results/items/properties/since/anyOf/1/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema76.properties.partners.items.properties.sites.items.properties.results.items.properties.since.anyOf[1].type,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.results.items.properties.since.anyOf[1],data:data32};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
var _valid3 = _errs70 === errors;
valid23 = valid23 || _valid3;
if(!valid23){
const err62 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/results/" + i5+"/since",schemaPath:"#/properties/partners/items/properties/sites/items/properties/results/items/properties/since/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema76.properties.partners.items.properties.sites.items.properties.results.items.properties.since.anyOf,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.results.items.properties.since,data:data32};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
else {
errors = _errs68;
if(vErrors !== null){
if(_errs68){
vErrors.length = _errs68;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err63 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/results/" + i5,schemaPath:"#/properties/partners/items/properties/sites/items/properties/results/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema76.properties.partners.items.properties.sites.items.properties.results.items.type,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.results.items,data:data27};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
}
else {
const err64 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/results",schemaPath:"#/properties/partners/items/properties/sites/items/properties/results/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema76.properties.partners.items.properties.sites.items.properties.results.type,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.results,data:data26};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data11.heals !== undefined){
let data33 = data11.heals;
if(Array.isArray(data33)){
if(data33.length > 1000){
const err65 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/heals",schemaPath:"#/properties/partners/items/properties/sites/items/properties/heals/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.heals,data:data33};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
const len6 = data33.length;
for(let i6=0; i6<len6; i6++){
let data34 = data33[i6];
if(data34 && typeof data34 == "object" && !Array.isArray(data34)){
if(data34.host === undefined){
const err66 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/heals/" + i6,schemaPath:"#/properties/partners/items/properties/sites/items/properties/heals/items/required",keyword:"required",params:{missingProperty: "host"},message:"must have required property '"+"host"+"'",schema:schema76.properties.partners.items.properties.sites.items.properties.heals.items.required,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.heals.items,data:data34};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
if(data34.check === undefined){
const err67 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/heals/" + i6,schemaPath:"#/properties/partners/items/properties/sites/items/properties/heals/items/required",keyword:"required",params:{missingProperty: "check"},message:"must have required property '"+"check"+"'",schema:schema76.properties.partners.items.properties.sites.items.properties.heals.items.required,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.heals.items,data:data34};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
if(data34.rule === undefined){
const err68 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/heals/" + i6,schemaPath:"#/properties/partners/items/properties/sites/items/properties/heals/items/required",keyword:"required",params:{missingProperty: "rule"},message:"must have required property '"+"rule"+"'",schema:schema76.properties.partners.items.properties.sites.items.properties.heals.items.required,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.heals.items,data:data34};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
if(data34.outcome === undefined){
const err69 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/heals/" + i6,schemaPath:"#/properties/partners/items/properties/sites/items/properties/heals/items/required",keyword:"required",params:{missingProperty: "outcome"},message:"must have required property '"+"outcome"+"'",schema:schema76.properties.partners.items.properties.sites.items.properties.heals.items.required,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.heals.items,data:data34};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
if(data34.startedAt === undefined){
const err70 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/heals/" + i6,schemaPath:"#/properties/partners/items/properties/sites/items/properties/heals/items/required",keyword:"required",params:{missingProperty: "startedAt"},message:"must have required property '"+"startedAt"+"'",schema:schema76.properties.partners.items.properties.sites.items.properties.heals.items.required,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.heals.items,data:data34};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
for(const key8 in data34){
if(!(((((key8 === "host") || (key8 === "check")) || (key8 === "rule")) || (key8 === "outcome")) || (key8 === "startedAt"))){
const err71 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/heals/" + i6,schemaPath:"#/properties/partners/items/properties/sites/items/properties/heals/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties",schema:false,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.heals.items,data:data34};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data34.host !== undefined){
if(!(validate188(data34.host, {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/heals/" + i6+"/host",parentData:data34,parentDataProperty:"host",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate188.errors : vErrors.concat(validate188.errors);
errors = vErrors.length;
}
}
if(data34.check !== undefined){
if(!(validate57(data34.check, {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/heals/" + i6+"/check",parentData:data34,parentDataProperty:"check",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data34.rule !== undefined){
if(!(validate57(data34.rule, {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/heals/" + i6+"/rule",parentData:data34,parentDataProperty:"rule",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data34.outcome !== undefined){
let data38 = data34.outcome;
if(!((data38 === "healed") || (data38 === "failed"))){
const err72 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/heals/" + i6+"/outcome",schemaPath:"#/properties/partners/items/properties/sites/items/properties/heals/items/properties/outcome/enum",keyword:"enum",params:{allowedValues: schema76.properties.partners.items.properties.sites.items.properties.heals.items.properties.outcome.enum},message:"must be equal to one of the allowed values",schema:schema76.properties.partners.items.properties.sites.items.properties.heals.items.properties.outcome.enum,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.heals.items.properties.outcome,data:data38};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data34.startedAt !== undefined){
if(!(validate236(data34.startedAt, {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/heals/" + i6+"/startedAt",parentData:data34,parentDataProperty:"startedAt",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate236.errors : vErrors.concat(validate236.errors);
errors = vErrors.length;
}
}
}
else {
const err73 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/heals/" + i6,schemaPath:"#/properties/partners/items/properties/sites/items/properties/heals/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema76.properties.partners.items.properties.sites.items.properties.heals.items.type,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.heals.items,data:data34};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
}
else {
const err74 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1+"/heals",schemaPath:"#/properties/partners/items/properties/sites/items/properties/heals/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema76.properties.partners.items.properties.sites.items.properties.heals.type,parentSchema:schema76.properties.partners.items.properties.sites.items.properties.heals,data:data33};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
}
else {
const err75 = {instancePath:instancePath+"/partners/" + i0+"/sites/" + i1,schemaPath:"#/properties/partners/items/properties/sites/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema76.properties.partners.items.properties.sites.items.type,parentSchema:schema76.properties.partners.items.properties.sites.items,data:data11};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
}
else {
const err76 = {instancePath:instancePath+"/partners/" + i0+"/sites",schemaPath:"#/properties/partners/items/properties/sites/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema76.properties.partners.items.properties.sites.type,parentSchema:schema76.properties.partners.items.properties.sites,data:data10};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
}
else {
const err77 = {instancePath:instancePath+"/partners/" + i0,schemaPath:"#/properties/partners/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema76.properties.partners.items.type,parentSchema:schema76.properties.partners.items,data:data4};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
}
else {
const err78 = {instancePath:instancePath+"/partners",schemaPath:"#/properties/partners/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema76.properties.partners.type,parentSchema:schema76.properties.partners,data:data3};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
}
else {
const err79 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema76.type,parentSchema:schema76,data};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
validate268.errors = vErrors;
return errors === 0;
}
validate268.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const validateLabReport = validate289;
const schema77 = {"title":"LabReport","description":"What `npm run lab` saw: every drill on real machines, each broken, noticed, healed and undone, or why not. The newest one that was reviewed is runbooks/lab-report.json. Nothing in it is signed.","type":"object","additionalProperties":false,"required":["schemaVersion","startedAt","endedAt","revision","edited","cadence","software","machines","drills"],"properties":{"schemaVersion":{"description":"Version of this format.","const":"1"},"startedAt":{"description":"When the lab began to build machines.","$ref":"#/$defs/instant"},"endedAt":{"description":"When the last drill had ended.","$ref":"#/$defs/instant"},"revision":{"description":"The commit that was checked out; null when the folder is no repository.","anyOf":[{"$ref":"#/$defs/revision"},{"type":"null"}]},"edited":{"description":"Whether the desired state that was tried differs from that commit.","type":"boolean"},"cadence":{"description":"How often the appliances looked.","$ref":"#/$defs/duration"},"software":{"title":"LabSoftware","description":"What was tried.","type":"object","additionalProperties":false,"required":["compline","node"],"properties":{"compline":{"description":"Version of controller and agent.","$ref":"#/$defs/token"},"node":{"description":"Version of Node.js.","$ref":"#/$defs/token"}}},"machines":{"description":"The machines, by name.","type":"array","minItems":1,"maxItems":16,"items":{"title":"LabMachine","description":"One machine: a system booted by systemd in a container.","type":"object","additionalProperties":false,"required":["name","system","kernel","systemd","openssh"],"properties":{"name":{"description":"Its name in this report.","$ref":"#/$defs/name"},"system":{"description":"What it calls itself, such as Debian GNU/Linux 12 (bookworm).","$ref":"#/$defs/title"},"kernel":{"description":"Release of the kernel, which it shares with the machine that runs the lab.","$ref":"#/$defs/title"},"systemd":{"description":"Version of the package systemd.","$ref":"#/$defs/title"},"openssh":{"description":"Version of the package openssh-server.","$ref":"#/$defs/title"}}}},"drills":{"description":"Every drill on every machine, by drill and machine.","type":"array","maxItems":4000,"items":{"title":"LabDrill","description":"One drill on one machine.","type":"object","additionalProperties":false,"required":["name","check","checkDigest","runbook","runbookDigest","host","outcome","reason","brokenMs","detectedMs","healedMs","attempts","undone"],"properties":{"name":{"description":"The drill.","$ref":"#/$defs/name"},"check":{"description":"The check that had to notice.","$ref":"#/$defs/name"},"checkDigest":{"description":"Digest of that check.","$ref":"#/$defs/hex64"},"runbook":{"description":"The runbook that a rule names for it; null when a person mends it.","anyOf":[{"$ref":"#/$defs/name"},{"type":"null"}]},"runbookDigest":{"description":"Digest of that runbook.","anyOf":[{"$ref":"#/$defs/hex64"},{"type":"null"}]},"host":{"description":"The machine.","$ref":"#/$defs/name"},"outcome":{"description":"healed: broken, signed as a fail, healed by the agent, signed as a pass, and what the runbook does is idempotent and was undone. escalated: broken and signed as a fail; no rule heals it, nothing was healed, and a person was told. not_run: what it needs is not there.","enum":["healed","escalated","failed","not_run"]},"reason":{"description":"Why it failed or was not run; null otherwise.","anyOf":[{"$ref":"#/$defs/prose"},{"type":"null"}]},"brokenMs":{"description":"Milliseconds that breaking it took; null when it was not broken.","type":["integer","null"],"minimum":0,"maximum":86400000},"detectedMs":{"description":"Milliseconds from when breaking it began until signed evidence said fail; null when none did.","type":["integer","null"],"minimum":0,"maximum":86400000},"healedMs":{"description":"Milliseconds from when breaking it began until signed evidence said that it was healed and passes; null when none did.","type":["integer","null"],"minimum":0,"maximum":86400000},"attempts":{"description":"How many heals were tried.","type":"integer","minimum":0,"maximum":1000},"undone":{"description":"Whether the machine's files were afterwards, byte for byte, what they were before the runbook (or, for escalated, before the drill); null when that was not tried.","type":["boolean","null"]}}}}}};

function validate289(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate289.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.schemaVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "schemaVersion"},message:"must have required property '"+"schemaVersion"+"'",schema:schema77.required,parentSchema:schema77,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.startedAt === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "startedAt"},message:"must have required property '"+"startedAt"+"'",schema:schema77.required,parentSchema:schema77,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.endedAt === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "endedAt"},message:"must have required property '"+"endedAt"+"'",schema:schema77.required,parentSchema:schema77,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.revision === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "revision"},message:"must have required property '"+"revision"+"'",schema:schema77.required,parentSchema:schema77,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.edited === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "edited"},message:"must have required property '"+"edited"+"'",schema:schema77.required,parentSchema:schema77,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.cadence === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "cadence"},message:"must have required property '"+"cadence"+"'",schema:schema77.required,parentSchema:schema77,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.software === undefined){
const err6 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "software"},message:"must have required property '"+"software"+"'",schema:schema77.required,parentSchema:schema77,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data.machines === undefined){
const err7 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "machines"},message:"must have required property '"+"machines"+"'",schema:schema77.required,parentSchema:schema77,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data.drills === undefined){
const err8 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "drills"},message:"must have required property '"+"drills"+"'",schema:schema77.required,parentSchema:schema77,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
for(const key0 in data){
if(!(func18.call(schema77.properties, key0))){
const err9 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema77,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.schemaVersion !== undefined){
let data0 = data.schemaVersion;
if("1" !== data0){
const err10 = {instancePath:instancePath+"/schemaVersion",schemaPath:"#/properties/schemaVersion/const",keyword:"const",params:{allowedValue: "1"},message:"must be equal to constant",schema:"1",parentSchema:schema77.properties.schemaVersion,data:data0};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.startedAt !== undefined){
if(!(validate236(data.startedAt, {instancePath:instancePath+"/startedAt",parentData:data,parentDataProperty:"startedAt",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate236.errors : vErrors.concat(validate236.errors);
errors = vErrors.length;
}
}
if(data.endedAt !== undefined){
if(!(validate236(data.endedAt, {instancePath:instancePath+"/endedAt",parentData:data,parentDataProperty:"endedAt",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate236.errors : vErrors.concat(validate236.errors);
errors = vErrors.length;
}
}
if(data.revision !== undefined){
let data3 = data.revision;
const _errs6 = errors;
let valid1 = false;
const _errs7 = errors;
if(!(validate234(data3, {instancePath:instancePath+"/revision",parentData:data,parentDataProperty:"revision",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate234.errors : vErrors.concat(validate234.errors);
errors = vErrors.length;
}
var _valid0 = _errs7 === errors;
valid1 = valid1 || _valid0;
const _errs8 = errors;
if(data3 !== null){
const err11 = {instancePath:instancePath+"/revision",schemaPath:"#/properties/revision/anyOf/1/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema77.properties.revision.anyOf[1].type,parentSchema:schema77.properties.revision.anyOf[1],data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
var _valid0 = _errs8 === errors;
valid1 = valid1 || _valid0;
if(!valid1){
const err12 = {instancePath:instancePath+"/revision",schemaPath:"#/properties/revision/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema77.properties.revision.anyOf,parentSchema:schema77.properties.revision,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
else {
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
}
}
if(data.edited !== undefined){
let data4 = data.edited;
if(typeof data4 !== "boolean"){
const err13 = {instancePath:instancePath+"/edited",schemaPath:"#/properties/edited/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema77.properties.edited.type,parentSchema:schema77.properties.edited,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.cadence !== undefined){
if(!(validate89(data.cadence, {instancePath:instancePath+"/cadence",parentData:data,parentDataProperty:"cadence",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
if(data.software !== undefined){
let data6 = data.software;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.compline === undefined){
const err14 = {instancePath:instancePath+"/software",schemaPath:"#/properties/software/required",keyword:"required",params:{missingProperty: "compline"},message:"must have required property '"+"compline"+"'",schema:schema77.properties.software.required,parentSchema:schema77.properties.software,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data6.node === undefined){
const err15 = {instancePath:instancePath+"/software",schemaPath:"#/properties/software/required",keyword:"required",params:{missingProperty: "node"},message:"must have required property '"+"node"+"'",schema:schema77.properties.software.required,parentSchema:schema77.properties.software,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
for(const key1 in data6){
if(!((key1 === "compline") || (key1 === "node"))){
const err16 = {instancePath:instancePath+"/software",schemaPath:"#/properties/software/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema77.properties.software,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data6.compline !== undefined){
if(!(validate111(data6.compline, {instancePath:instancePath+"/software/compline",parentData:data6,parentDataProperty:"compline",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate111.errors : vErrors.concat(validate111.errors);
errors = vErrors.length;
}
}
if(data6.node !== undefined){
if(!(validate111(data6.node, {instancePath:instancePath+"/software/node",parentData:data6,parentDataProperty:"node",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate111.errors : vErrors.concat(validate111.errors);
errors = vErrors.length;
}
}
}
else {
const err17 = {instancePath:instancePath+"/software",schemaPath:"#/properties/software/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema77.properties.software.type,parentSchema:schema77.properties.software,data:data6};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.machines !== undefined){
let data9 = data.machines;
if(Array.isArray(data9)){
if(data9.length > 16){
const err18 = {instancePath:instancePath+"/machines",schemaPath:"#/properties/machines/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema77.properties.machines,data:data9};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data9.length < 1){
const err19 = {instancePath:instancePath+"/machines",schemaPath:"#/properties/machines/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema77.properties.machines,data:data9};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
const len0 = data9.length;
for(let i0=0; i0<len0; i0++){
let data10 = data9[i0];
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.name === undefined){
const err20 = {instancePath:instancePath+"/machines/" + i0,schemaPath:"#/properties/machines/items/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema77.properties.machines.items.required,parentSchema:schema77.properties.machines.items,data:data10};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data10.system === undefined){
const err21 = {instancePath:instancePath+"/machines/" + i0,schemaPath:"#/properties/machines/items/required",keyword:"required",params:{missingProperty: "system"},message:"must have required property '"+"system"+"'",schema:schema77.properties.machines.items.required,parentSchema:schema77.properties.machines.items,data:data10};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data10.kernel === undefined){
const err22 = {instancePath:instancePath+"/machines/" + i0,schemaPath:"#/properties/machines/items/required",keyword:"required",params:{missingProperty: "kernel"},message:"must have required property '"+"kernel"+"'",schema:schema77.properties.machines.items.required,parentSchema:schema77.properties.machines.items,data:data10};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(data10.systemd === undefined){
const err23 = {instancePath:instancePath+"/machines/" + i0,schemaPath:"#/properties/machines/items/required",keyword:"required",params:{missingProperty: "systemd"},message:"must have required property '"+"systemd"+"'",schema:schema77.properties.machines.items.required,parentSchema:schema77.properties.machines.items,data:data10};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data10.openssh === undefined){
const err24 = {instancePath:instancePath+"/machines/" + i0,schemaPath:"#/properties/machines/items/required",keyword:"required",params:{missingProperty: "openssh"},message:"must have required property '"+"openssh"+"'",schema:schema77.properties.machines.items.required,parentSchema:schema77.properties.machines.items,data:data10};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
for(const key2 in data10){
if(!(((((key2 === "name") || (key2 === "system")) || (key2 === "kernel")) || (key2 === "systemd")) || (key2 === "openssh"))){
const err25 = {instancePath:instancePath+"/machines/" + i0,schemaPath:"#/properties/machines/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema77.properties.machines.items,data:data10};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data10.name !== undefined){
if(!(validate57(data10.name, {instancePath:instancePath+"/machines/" + i0+"/name",parentData:data10,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data10.system !== undefined){
if(!(validate62(data10.system, {instancePath:instancePath+"/machines/" + i0+"/system",parentData:data10,parentDataProperty:"system",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data10.kernel !== undefined){
if(!(validate62(data10.kernel, {instancePath:instancePath+"/machines/" + i0+"/kernel",parentData:data10,parentDataProperty:"kernel",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data10.systemd !== undefined){
if(!(validate62(data10.systemd, {instancePath:instancePath+"/machines/" + i0+"/systemd",parentData:data10,parentDataProperty:"systemd",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data10.openssh !== undefined){
if(!(validate62(data10.openssh, {instancePath:instancePath+"/machines/" + i0+"/openssh",parentData:data10,parentDataProperty:"openssh",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
}
else {
const err26 = {instancePath:instancePath+"/machines/" + i0,schemaPath:"#/properties/machines/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema77.properties.machines.items.type,parentSchema:schema77.properties.machines.items,data:data10};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
else {
const err27 = {instancePath:instancePath+"/machines",schemaPath:"#/properties/machines/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema77.properties.machines.type,parentSchema:schema77.properties.machines,data:data9};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.drills !== undefined){
let data16 = data.drills;
if(Array.isArray(data16)){
if(data16.length > 4000){
const err28 = {instancePath:instancePath+"/drills",schemaPath:"#/properties/drills/maxItems",keyword:"maxItems",params:{limit: 4000},message:"must NOT have more than 4000 items",schema:4000,parentSchema:schema77.properties.drills,data:data16};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
const len1 = data16.length;
for(let i1=0; i1<len1; i1++){
let data17 = data16[i1];
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
if(data17.name === undefined){
const err29 = {instancePath:instancePath+"/drills/" + i1,schemaPath:"#/properties/drills/items/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema77.properties.drills.items.required,parentSchema:schema77.properties.drills.items,data:data17};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(data17.check === undefined){
const err30 = {instancePath:instancePath+"/drills/" + i1,schemaPath:"#/properties/drills/items/required",keyword:"required",params:{missingProperty: "check"},message:"must have required property '"+"check"+"'",schema:schema77.properties.drills.items.required,parentSchema:schema77.properties.drills.items,data:data17};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(data17.checkDigest === undefined){
const err31 = {instancePath:instancePath+"/drills/" + i1,schemaPath:"#/properties/drills/items/required",keyword:"required",params:{missingProperty: "checkDigest"},message:"must have required property '"+"checkDigest"+"'",schema:schema77.properties.drills.items.required,parentSchema:schema77.properties.drills.items,data:data17};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if(data17.runbook === undefined){
const err32 = {instancePath:instancePath+"/drills/" + i1,schemaPath:"#/properties/drills/items/required",keyword:"required",params:{missingProperty: "runbook"},message:"must have required property '"+"runbook"+"'",schema:schema77.properties.drills.items.required,parentSchema:schema77.properties.drills.items,data:data17};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(data17.runbookDigest === undefined){
const err33 = {instancePath:instancePath+"/drills/" + i1,schemaPath:"#/properties/drills/items/required",keyword:"required",params:{missingProperty: "runbookDigest"},message:"must have required property '"+"runbookDigest"+"'",schema:schema77.properties.drills.items.required,parentSchema:schema77.properties.drills.items,data:data17};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(data17.host === undefined){
const err34 = {instancePath:instancePath+"/drills/" + i1,schemaPath:"#/properties/drills/items/required",keyword:"required",params:{missingProperty: "host"},message:"must have required property '"+"host"+"'",schema:schema77.properties.drills.items.required,parentSchema:schema77.properties.drills.items,data:data17};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(data17.outcome === undefined){
const err35 = {instancePath:instancePath+"/drills/" + i1,schemaPath:"#/properties/drills/items/required",keyword:"required",params:{missingProperty: "outcome"},message:"must have required property '"+"outcome"+"'",schema:schema77.properties.drills.items.required,parentSchema:schema77.properties.drills.items,data:data17};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(data17.reason === undefined){
const err36 = {instancePath:instancePath+"/drills/" + i1,schemaPath:"#/properties/drills/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'",schema:schema77.properties.drills.items.required,parentSchema:schema77.properties.drills.items,data:data17};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(data17.brokenMs === undefined){
const err37 = {instancePath:instancePath+"/drills/" + i1,schemaPath:"#/properties/drills/items/required",keyword:"required",params:{missingProperty: "brokenMs"},message:"must have required property '"+"brokenMs"+"'",schema:schema77.properties.drills.items.required,parentSchema:schema77.properties.drills.items,data:data17};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(data17.detectedMs === undefined){
const err38 = {instancePath:instancePath+"/drills/" + i1,schemaPath:"#/properties/drills/items/required",keyword:"required",params:{missingProperty: "detectedMs"},message:"must have required property '"+"detectedMs"+"'",schema:schema77.properties.drills.items.required,parentSchema:schema77.properties.drills.items,data:data17};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if(data17.healedMs === undefined){
const err39 = {instancePath:instancePath+"/drills/" + i1,schemaPath:"#/properties/drills/items/required",keyword:"required",params:{missingProperty: "healedMs"},message:"must have required property '"+"healedMs"+"'",schema:schema77.properties.drills.items.required,parentSchema:schema77.properties.drills.items,data:data17};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(data17.attempts === undefined){
const err40 = {instancePath:instancePath+"/drills/" + i1,schemaPath:"#/properties/drills/items/required",keyword:"required",params:{missingProperty: "attempts"},message:"must have required property '"+"attempts"+"'",schema:schema77.properties.drills.items.required,parentSchema:schema77.properties.drills.items,data:data17};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if(data17.undone === undefined){
const err41 = {instancePath:instancePath+"/drills/" + i1,schemaPath:"#/properties/drills/items/required",keyword:"required",params:{missingProperty: "undone"},message:"must have required property '"+"undone"+"'",schema:schema77.properties.drills.items.required,parentSchema:schema77.properties.drills.items,data:data17};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
for(const key3 in data17){
if(!(func18.call(schema77.properties.drills.items.properties, key3))){
const err42 = {instancePath:instancePath+"/drills/" + i1,schemaPath:"#/properties/drills/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema77.properties.drills.items,data:data17};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data17.name !== undefined){
if(!(validate57(data17.name, {instancePath:instancePath+"/drills/" + i1+"/name",parentData:data17,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data17.check !== undefined){
if(!(validate57(data17.check, {instancePath:instancePath+"/drills/" + i1+"/check",parentData:data17,parentDataProperty:"check",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data17.checkDigest !== undefined){
if(!(validate191(data17.checkDigest, {instancePath:instancePath+"/drills/" + i1+"/checkDigest",parentData:data17,parentDataProperty:"checkDigest",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
errors = vErrors.length;
}
}
if(data17.runbook !== undefined){
let data21 = data17.runbook;
const _errs37 = errors;
let valid9 = false;
const _errs38 = errors;
if(!(validate57(data21, {instancePath:instancePath+"/drills/" + i1+"/runbook",parentData:data17,parentDataProperty:"runbook",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
var _valid1 = _errs38 === errors;
valid9 = valid9 || _valid1;
const _errs39 = errors;
if(data21 !== null){
const err43 = {instancePath:instancePath+"/drills/" + i1+"/runbook",schemaPath:"#/properties/drills/items/properties/runbook/anyOf/1/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema77.properties.drills.items.properties.runbook.anyOf[1].type,parentSchema:schema77.properties.drills.items.properties.runbook.anyOf[1],data:data21};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
var _valid1 = _errs39 === errors;
valid9 = valid9 || _valid1;
if(!valid9){
const err44 = {instancePath:instancePath+"/drills/" + i1+"/runbook",schemaPath:"#/properties/drills/items/properties/runbook/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema77.properties.drills.items.properties.runbook.anyOf,parentSchema:schema77.properties.drills.items.properties.runbook,data:data21};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
else {
errors = _errs37;
if(vErrors !== null){
if(_errs37){
vErrors.length = _errs37;
}
else {
vErrors = null;
}
}
}
}
if(data17.runbookDigest !== undefined){
let data22 = data17.runbookDigest;
const _errs42 = errors;
let valid10 = false;
const _errs43 = errors;
if(!(validate191(data22, {instancePath:instancePath+"/drills/" + i1+"/runbookDigest",parentData:data17,parentDataProperty:"runbookDigest",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
errors = vErrors.length;
}
var _valid2 = _errs43 === errors;
valid10 = valid10 || _valid2;
const _errs44 = errors;
if(data22 !== null){
const err45 = {instancePath:instancePath+"/drills/" + i1+"/runbookDigest",schemaPath:"#/properties/drills/items/properties/runbookDigest/anyOf/1/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema77.properties.drills.items.properties.runbookDigest.anyOf[1].type,parentSchema:schema77.properties.drills.items.properties.runbookDigest.anyOf[1],data:data22};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
var _valid2 = _errs44 === errors;
valid10 = valid10 || _valid2;
if(!valid10){
const err46 = {instancePath:instancePath+"/drills/" + i1+"/runbookDigest",schemaPath:"#/properties/drills/items/properties/runbookDigest/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema77.properties.drills.items.properties.runbookDigest.anyOf,parentSchema:schema77.properties.drills.items.properties.runbookDigest,data:data22};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
else {
errors = _errs42;
if(vErrors !== null){
if(_errs42){
vErrors.length = _errs42;
}
else {
vErrors = null;
}
}
}
}
if(data17.host !== undefined){
if(!(validate57(data17.host, {instancePath:instancePath+"/drills/" + i1+"/host",parentData:data17,parentDataProperty:"host",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data17.outcome !== undefined){
let data24 = data17.outcome;
if(!((((data24 === "healed") || (data24 === "escalated")) || (data24 === "failed")) || (data24 === "not_run"))){
const err47 = {instancePath:instancePath+"/drills/" + i1+"/outcome",schemaPath:"#/properties/drills/items/properties/outcome/enum",keyword:"enum",params:{allowedValues: schema77.properties.drills.items.properties.outcome.enum},message:"must be equal to one of the allowed values",schema:schema77.properties.drills.items.properties.outcome.enum,parentSchema:schema77.properties.drills.items.properties.outcome,data:data24};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data17.reason !== undefined){
let data25 = data17.reason;
const _errs49 = errors;
let valid11 = false;
const _errs50 = errors;
if(!(validate64(data25, {instancePath:instancePath+"/drills/" + i1+"/reason",parentData:data17,parentDataProperty:"reason",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
errors = vErrors.length;
}
var _valid3 = _errs50 === errors;
valid11 = valid11 || _valid3;
const _errs51 = errors;
if(data25 !== null){
const err48 = {instancePath:instancePath+"/drills/" + i1+"/reason",schemaPath:"#/properties/drills/items/properties/reason/anyOf/1/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema77.properties.drills.items.properties.reason.anyOf[1].type,parentSchema:schema77.properties.drills.items.properties.reason.anyOf[1],data:data25};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
var _valid3 = _errs51 === errors;
valid11 = valid11 || _valid3;
if(!valid11){
const err49 = {instancePath:instancePath+"/drills/" + i1+"/reason",schemaPath:"#/properties/drills/items/properties/reason/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema77.properties.drills.items.properties.reason.anyOf,parentSchema:schema77.properties.drills.items.properties.reason,data:data25};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
else {
errors = _errs49;
if(vErrors !== null){
if(_errs49){
vErrors.length = _errs49;
}
else {
vErrors = null;
}
}
}
}
if(data17.brokenMs !== undefined){
let data26 = data17.brokenMs;
if((!(((typeof data26 == "number") && (!(data26 % 1) && !isNaN(data26))) && (isFinite(data26)))) && (data26 !== null)){
const err50 = {instancePath:instancePath+"/drills/" + i1+"/brokenMs",schemaPath:"#/properties/drills/items/properties/brokenMs/type",keyword:"type",params:{type: schema77.properties.drills.items.properties.brokenMs.type},message:"must be integer,null",schema:schema77.properties.drills.items.properties.brokenMs.type,parentSchema:schema77.properties.drills.items.properties.brokenMs,data:data26};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
if((typeof data26 == "number") && (isFinite(data26))){
if(data26 > 86400000 || isNaN(data26)){
const err51 = {instancePath:instancePath+"/drills/" + i1+"/brokenMs",schemaPath:"#/properties/drills/items/properties/brokenMs/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400000},message:"must be <= 86400000",schema:86400000,parentSchema:schema77.properties.drills.items.properties.brokenMs,data:data26};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
if(data26 < 0 || isNaN(data26)){
const err52 = {instancePath:instancePath+"/drills/" + i1+"/brokenMs",schemaPath:"#/properties/drills/items/properties/brokenMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema77.properties.drills.items.properties.brokenMs,data:data26};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
}
if(data17.detectedMs !== undefined){
let data27 = data17.detectedMs;
if((!(((typeof data27 == "number") && (!(data27 % 1) && !isNaN(data27))) && (isFinite(data27)))) && (data27 !== null)){
const err53 = {instancePath:instancePath+"/drills/" + i1+"/detectedMs",schemaPath:"#/properties/drills/items/properties/detectedMs/type",keyword:"type",params:{type: schema77.properties.drills.items.properties.detectedMs.type},message:"must be integer,null",schema:schema77.properties.drills.items.properties.detectedMs.type,parentSchema:schema77.properties.drills.items.properties.detectedMs,data:data27};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
if((typeof data27 == "number") && (isFinite(data27))){
if(data27 > 86400000 || isNaN(data27)){
const err54 = {instancePath:instancePath+"/drills/" + i1+"/detectedMs",schemaPath:"#/properties/drills/items/properties/detectedMs/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400000},message:"must be <= 86400000",schema:86400000,parentSchema:schema77.properties.drills.items.properties.detectedMs,data:data27};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
if(data27 < 0 || isNaN(data27)){
const err55 = {instancePath:instancePath+"/drills/" + i1+"/detectedMs",schemaPath:"#/properties/drills/items/properties/detectedMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema77.properties.drills.items.properties.detectedMs,data:data27};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
}
if(data17.healedMs !== undefined){
let data28 = data17.healedMs;
if((!(((typeof data28 == "number") && (!(data28 % 1) && !isNaN(data28))) && (isFinite(data28)))) && (data28 !== null)){
const err56 = {instancePath:instancePath+"/drills/" + i1+"/healedMs",schemaPath:"#/properties/drills/items/properties/healedMs/type",keyword:"type",params:{type: schema77.properties.drills.items.properties.healedMs.type},message:"must be integer,null",schema:schema77.properties.drills.items.properties.healedMs.type,parentSchema:schema77.properties.drills.items.properties.healedMs,data:data28};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
if((typeof data28 == "number") && (isFinite(data28))){
if(data28 > 86400000 || isNaN(data28)){
const err57 = {instancePath:instancePath+"/drills/" + i1+"/healedMs",schemaPath:"#/properties/drills/items/properties/healedMs/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400000},message:"must be <= 86400000",schema:86400000,parentSchema:schema77.properties.drills.items.properties.healedMs,data:data28};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
if(data28 < 0 || isNaN(data28)){
const err58 = {instancePath:instancePath+"/drills/" + i1+"/healedMs",schemaPath:"#/properties/drills/items/properties/healedMs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema77.properties.drills.items.properties.healedMs,data:data28};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
}
if(data17.attempts !== undefined){
let data29 = data17.attempts;
if(!(((typeof data29 == "number") && (!(data29 % 1) && !isNaN(data29))) && (isFinite(data29)))){
const err59 = {instancePath:instancePath+"/drills/" + i1+"/attempts",schemaPath:"#/properties/drills/items/properties/attempts/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema77.properties.drills.items.properties.attempts.type,parentSchema:schema77.properties.drills.items.properties.attempts,data:data29};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
if((typeof data29 == "number") && (isFinite(data29))){
if(data29 > 1000 || isNaN(data29)){
const err60 = {instancePath:instancePath+"/drills/" + i1+"/attempts",schemaPath:"#/properties/drills/items/properties/attempts/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema77.properties.drills.items.properties.attempts,data:data29};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
if(data29 < 0 || isNaN(data29)){
const err61 = {instancePath:instancePath+"/drills/" + i1+"/attempts",schemaPath:"#/properties/drills/items/properties/attempts/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema77.properties.drills.items.properties.attempts,data:data29};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
}
if(data17.undone !== undefined){
let data30 = data17.undone;
if((typeof data30 !== "boolean") && (data30 !== null)){
const err62 = {instancePath:instancePath+"/drills/" + i1+"/undone",schemaPath:"#/properties/drills/items/properties/undone/type",keyword:"type",params:{type: schema77.properties.drills.items.properties.undone.type},message:"must be boolean,null",schema:schema77.properties.drills.items.properties.undone.type,parentSchema:schema77.properties.drills.items.properties.undone,data:data30};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
}
else {
const err63 = {instancePath:instancePath+"/drills/" + i1,schemaPath:"#/properties/drills/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema77.properties.drills.items.type,parentSchema:schema77.properties.drills.items,data:data17};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
}
else {
const err64 = {instancePath:instancePath+"/drills",schemaPath:"#/properties/drills/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema77.properties.drills.type,parentSchema:schema77.properties.drills,data:data16};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
}
else {
const err65 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema77.type,parentSchema:schema77,data};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
validate289.errors = vErrors;
return errors === 0;
}
validate289.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
