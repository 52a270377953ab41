/**
 * Tests of {@code k8s/}: rendered as kustomize does, and compared with the types of Kubernetes and of the operators. The
 * Kafka resources of Strimzi are compared with the product's topics and rights in {@code kafka}.
 */
package io.bangwo8stream.kubernetes;
