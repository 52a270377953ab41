/** Tests of {@code k8s/}: rendered as kustomize does, and compared with the types of Kubernetes and of the operators. */
package io.bangwo8stream.kubernetes;
